#include "hpc/finish.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <iterator>
#include <string_view>
#include <system_error>

#include "hpc/check_file.hpp"
#include "hpc/digest.hpp"
#include "hpc/examine_result.hpp"
#include "hpc/file.hpp"
#include "hpc/guard.hpp"
#include "hpc/hdf5_read.hpp"
#include "hpc/identity.hpp"
#include "hpc/output_path.hpp"
#include "hpc/result_names.hpp"
#include "hpc/result_writer.hpp"
#include "sim/program.hpp"

namespace chasm {

namespace {

class Clock {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::string reason_of(int error) { return std::generic_category().message(error); }

[[noreturn]] void cannot_write(const std::string& path, const std::string& why) {
  throw SystemError(path + " cannot be written (" + why +
                    ") journals are whole: free space or repair the disk, then finish again");
}

// Removed again unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& result) {
    remove_leftovers(result);
    path_ = result + '.' + own_name() + ".tmp";
    const int file = ::open(path_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file < 0) cannot_write(path_, reason_of(errno));
    if (::close(file) != 0) {
      const int error = errno;
      ::unlink(path_.c_str());
      cannot_write(path_, reason_of(error));
    }
  }
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }
  bool is_there() const { return ::access(path_.c_str(), F_OK) == 0; }
  void rename_to(const std::string& final_path) {
    if (std::rename(path_.c_str(), final_path.c_str()) != 0)
      cannot_write(final_path, reason_of(errno));
    path_.clear();
  }

 private:
  std::string path_;
};

void refuse_other_result(const Study& study, const Partition& partition, const std::string& path,
                         const FinishOptions& options) {
  if (options.replace) return;
  Identity ours = identify(study, partition);
  ours.code = options.code;
  const Existing existing = examine_result(path, ours);
  if (existing.there && !existing.difference.empty())
    throw InputError(path + " is not replaced (" + existing.difference +
                     ") choose another output path or replace it with --force");
}

std::string write(const Study& study, const Partition& partition, BlockSource& source,
                  const std::string& path, const FinishOptions& options, FinishReport& report) {
  ResultWriter writer(study, partition, options.code, path);
  for (uint64_t block = 0; block < partition.blocks(); ++block) {
    writer.add(source.read(block));
    if (options.progress && !options.progress(block + 1))
      throw Interrupted("finishing was stopped (" + std::to_string(block + 1) + " of " +
                        std::to_string(partition.blocks()) +
                        " blocks were written) journals are whole: finish again");
  }
  std::string digest = writer.close();
  report.failed = writer.failed();
  return digest;
}

// In a child: what a bad disk made of the file may crash the library.
void verify(const std::string& path, uint64_t bytes, const std::string& digest) {
  const HdfHead head = read_head(path);
  if (head.should_be != head.bytes) cannot_write(path, "the file's end was not written");
  std::string found;
  try {
    found = in_child(path, reading_seconds(bytes), [&] {
      check_file(path, bytes);
      const Hid file = open_for_reading(path);
      const Hid root = hdf5(H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose, "open the root group");
      return text_attribute(root, "content_digest") == digest ? read_manifest(file).digest() : "-";
    });
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    cannot_write(path, std::string("it cannot be read again: ") + error.what());
  }
  if (found != digest)
    cannot_write(path, "what was written is not what is read again, content digest " + digest +
                           " became " + found);
}

// A whole and verified result under the temporary name.
void make(const Study& study, const Partition& partition, BlockSource& source,
          const TemporaryFile& temporary, const FinishOptions& options, FinishReport& report) {
  const Clock writing;
  try {
    report.content_digest = write(study, partition, source, temporary.path(), options, report);
  } catch (const Hdf5Error& error) {
    cannot_write(temporary.path(), error.what());
  }
  report.seconds_writing = writing.seconds();

  const Clock verifying;
  File written = File::open(temporary.path());
  if (!written.is_open()) cannot_write(temporary.path(), "it vanished");
  written.sync();
  report.bytes = written.size();
  written.close();
  verify(temporary.path(), report.bytes, report.content_digest);
  report.seconds_verifying = verifying.seconds();
}

}  // namespace

void remove_leftovers(const std::string& result) {
  const std::string folder = folder_of(result);
  const std::string start = result.substr(result.find_last_of('/') + 1) + '.', end = ".tmp";
  for (const std::string& name : names_in(folder)) {
    if (!name.starts_with(start) || !name.ends_with(end)) continue;
    const auto middle = std::string_view(name).substr(
        start.size(), std::max(name.size(), start.size() + end.size()) - start.size() - end.size());
    if (!is_own_name(middle)) continue;
    const std::string path = folder + '/' + name;
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) cannot_write(path, reason_of(errno));
  }
}

FinishReport finish(const Study& study, const Partition& partition, BlockSource& source,
                    const std::string& path, const FinishOptions& options) {
  check_output_path(path);
  refuse_other_result(study, partition, path, options);
  FinishReport report;
  report.worlds = study.worlds();
  TemporaryFile temporary(path);
  try {
    make(study, partition, source, temporary, options, report);
    temporary.rename_to(path);
  } catch (const SystemError&) {
    if (temporary.is_there()) throw;
    throw SystemError(path + " is being finished by another run at the same time (it removed " +
                      temporary.path() + ") wait for that run, then run the same command again");
  }
  sync_folder(folder_of(path));
  return report;
}

uint64_t estimate_result_bytes(const Study& study) {
  const Outputs& outputs = study.outputs;
  const Model& model = *study.model;
  const auto rows = static_cast<uint64_t>(series_rows(study.steps, outputs.every));
  const uint64_t arms = study.arms.size(), futures = study.futures->count();
  uint64_t bytes = 0;
  uint64_t a_world = 0;
  if (outputs.worlds) {
    a_world = sizeof(uint8_t) + sizeof(uint16_t);
    for (const int metric : outputs.metrics)
      a_world += model.metrics[static_cast<size_t>(metric)].storage == Storage::f64 ? 8 : 4;
  } else {
    bytes += outputs.metrics.size() * (arms * (sketch_bins + 9) + sketch_bins) * sizeof(int64_t);
  }
  if (outputs.keep == Keep::full) a_world += outputs.series.size() * rows * sizeof(float);
  if (outputs.keep == Keep::bands)
    bytes += outputs.series.size() * arms * rows * band_bins * sizeof(int64_t);
  const std::vector<Total> totals = kept_totals(study);
  for (const Total& total : totals)
    bytes += arms * static_cast<uint64_t>(total.cells()) * sizeof(int64_t);
  // Coordinates deflate to a fiftieth.
  if (outputs.worlds)
    bytes += futures * (sizeof(double) * study.futures->parameters().size()) + futures / 10;
  bytes += study.text.size() + arms * 4 * sizeof(double) * model.levers.size();
  const uint64_t a_metric = outputs.worlds ? 1 : std::size(sketch_statistics);
  const uint64_t variables = 20 + outputs.metrics.size() * a_metric + 2 * outputs.series.size() +
                             2 * totals.size() + study.futures->parameters().size() +
                             model.parameters.size();
  constexpr uint64_t headers = 4096;
  return study.worlds() * a_world + bytes + variables * headers;
}

}  // namespace chasm
