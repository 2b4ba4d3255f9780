#include "hpc/read_result.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <map>
#include <sstream>
#include <system_error>

#include "hpc/check_file.hpp"
#include "hpc/digest.hpp"
#include "hpc/guard.hpp"
#include "hpc/hdf5_read.hpp"
#include "hpc/worlds.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

constexpr uint64_t most_arms = 10'000'000;

// What can be said without the HDF5 library. Returns the file's size.
uint64_t look_at_bytes(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    throw InputError(path + " cannot be opened (" + std::generic_category().message(errno) +
                     ") check the path");
  if (!S_ISREG(status.st_mode))
    throw InputError(path + " cannot be opened (it is not a file) check the path");
  HdfHead head;
  try {
    head = read_head(path);
  } catch (const SystemError& error) {
    throw InputError(path + " cannot be opened (" + error.what() + ") check its permissions");
  }
  if (!head.is_hdf5)
    throw InputError(path + " is no result of chasm (it is no HDF5 file) check the path");
  if (head.should_be && head.bytes < *head.should_be)
    throw InputError(path + " is not whole (it has " + std::to_string(head.bytes) + " of " +
                     std::to_string(*head.should_be) + " bytes) copy it again");
  return head.bytes;
}

// Runs `work` and puts the path around what it throws.
template <class Work>
auto about(const std::string& path, Work work) {
  constexpr const char* advice = ") it is damaged or no result of chasm: check it or copy it again";
  try {
    return work();
  } catch (const Hdf5Error& error) {
    throw InputError(path + " cannot be read (" + error.what() + advice);
  } catch (const InputError& error) {
    const std::string text = error.what();
    if (text.starts_with(path)) throw;
    throw InputError(path + " cannot be read (" + text + advice);
  }
}

VariableKind kind_of(const HdfVariable& variable) {
  const auto& dimensions = variable.dimensions;
  if (has_attribute(variable.dataset, "parameter")) return VariableKind::parameter;
  if (has_attribute(variable.dataset, "metric") && is_world_variable(dimensions) &&
      dimensions.size() == 3)
    return VariableKind::metric;
  if (has_attribute(variable.dataset, "total") && !dimensions.empty() && dimensions[0] == "arm")
    return VariableKind::total;
  if (has_attribute(variable.dataset, "summary_of")) return VariableKind::summary;
  if (!has_attribute(variable.dataset, "series")) return VariableKind::other;
  if (is_world_variable(dimensions) && dimensions.size() == 4) return VariableKind::series;
  if (dimensions == std::vector<std::string>{"arm", "time", "bin"}) return VariableKind::histogram;
  return VariableKind::other;
}

const char* name_attribute(VariableKind kind) {
  switch (kind) {
    case VariableKind::metric:
      return "metric";
    case VariableKind::histogram:
    case VariableKind::series:
      return "series";
    case VariableKind::parameter:
      return "parameter";
    case VariableKind::total:
      return "total";
    case VariableKind::summary:
      return "summary_of";
    case VariableKind::other:
      break;
  }
  return "";
}

}  // namespace

struct ResultFile::Impl {
  std::string path;
  Guard guard = Guard::child;
  Hid file;
  Hid root;
  ResultInfo info;
  std::vector<ResultVariable> variables;
  mutable std::map<std::string, HdfVariable> open;  // by name in the file

  void read_info();
  void read_variables();
  void check_version() const;
  const HdfVariable& variable(const std::string& name, const char* type) const;
  const HdfVariable& by_meaning(const std::string& name, VariableKind, const char* what) const;
  uint64_t length_of(const HdfVariable&) const;
  template <class T>
  void read_pairs(const HdfVariable&, uint64_t arm, PairRange, std::span<T> values) const;
  Manifest manifest() const;
};

void ResultFile::Impl::check_version() const {
  if (text_attribute(root, "filetype") != "chasm-result")
    throw InputError(
        path + " is no result of chasm (it is an HDF5 file of something else) check the path");
  const uint64_t version = natural_attribute(root, "chasm_format_version");
  if (version <= result_format_version && version > 0) return;
  const std::string code = text_attribute(root, "code_version");
  throw InputError(path + " is too new (it has format version " + std::to_string(version) +
                   ", this chasm reads up to version " + std::to_string(result_format_version) +
                   ") use chasm " + (code.empty() ? "of a later version" : code + " or newer"));
}

void ResultFile::Impl::read_info() {
  check_version();
  const auto whole = [&](const char* name) {
    const int64_t value = integer_attribute(root, name);
    if (value > std::numeric_limits<int>::max())
      throw InputError(std::string("attribute '") + name + "' is too large");
    return static_cast<int>(value);
  };
  info.format_version = whole("chasm_format_version");
  info.title = text_attribute(root, "title");
  info.question = text_attribute(root, "question");
  info.model = text_attribute(root, "model");
  info.model_version = whole("model_version");
  info.seed = natural_attribute(root, "seed");
  info.random_address_version = whole("random_address_version");
  info.code = {text_attribute(root, "code_version"), text_attribute(root, "code_commit")};
  info.steps = whole("steps");
  info.start = text_attribute(root, "start");
  info.design = text_attribute(root, "design");
  info.failed_worlds = natural_attribute(root, "failed_worlds");
  info.content_digest = text_attribute(root, "content_digest");
  if (info.content_digest.empty()) throw InputError("attribute 'content_digest' is missing");

  info.arms = read_texts(open_variable(root, "arm"), most_arms);
  info.futures = length_of(open_variable(root, "future"));
  info.replications = length_of(open_variable(root, "replication"));
  const Hid provenance =
      hdf5(H5Gopen2(root, "provenance", H5P_DEFAULT), H5Gclose, "open group provenance");
  const std::vector<std::string> text = read_texts(open_variable(provenance, "study"), 1);
  info.study = text.empty() ? "" : text[0];
  const std::vector<HdfEntry> inside = entries(provenance);
  const bool has_tables = std::any_of(inside.begin(), inside.end(),
                                      [](const HdfEntry& e) { return e.name == "table"; });
  if (!has_tables) return;
  const auto names = read_texts(open_variable(provenance, "table"), most_arms);
  const auto digests = read_texts(open_variable(provenance, "table_sha256"), names.size());
  if (digests.size() != names.size()) throw InputError("a table lacks its digest");
  for (size_t i = 0; i < names.size(); ++i) info.tables.emplace_back(names[i], digests[i]);
}

uint64_t ResultFile::Impl::length_of(const HdfVariable& variable) const {
  if (variable.shape.size() != 1 || variable.shape[0] == 0)
    throw InputError("a dimension has no length");
  return variable.shape[0];
}

void ResultFile::Impl::read_variables() {
  const std::map<std::string, uint64_t> lengths = {
      {"arm", info.arms.size()}, {"future", info.futures}, {"replication", info.replications}};
  for (const HdfEntry& entry : entries_as_made(root)) {
    if (entry.is_group) continue;
    const HdfVariable variable = open_variable(root, entry.name);
    if (variable.is_bare_dimension) continue;
    for (size_t axis = 0; axis < variable.shape.size(); ++axis) {
      const auto known = lengths.find(variable.dimensions[axis]);
      if (known != lengths.end() && known->second != variable.shape[axis])
        throw InputError("'" + entry.name + "' has another shape than its dimensions");
    }
    ResultVariable out;
    out.name = entry.name;
    out.kind = kind_of(variable);
    if (out.kind != VariableKind::other)
      out.meaning_of = text_attribute(variable.dataset, name_attribute(out.kind));
    if (out.kind == VariableKind::summary)
      out.statistic = text_attribute(variable.dataset, "statistic");
    if (const bool has = has_attribute(variable.dataset, "units"); has)
      out.units = text_attribute(variable.dataset, "units");
    out.long_name = text_attribute(variable.dataset, "long_name");
    out.dimensions = variable.dimensions;
    out.shape = variable.shape;
    variables.push_back(std::move(out));
  }
  const auto is_there = [&](const char* name) {
    return std::any_of(variables.begin(), variables.end(),
                       [&](const ResultVariable& v) { return v.name == name; });
  };
  info.keeps_worlds = is_there("status") || !is_there("worlds");
  if (!info.keeps_worlds) return;
  variable("status", "u8");
  variable("failure", "u16");
}

const HdfVariable& ResultFile::Impl::variable(const std::string& name, const char* type) const {
  auto found = open.find(name);
  if (found == open.end()) {
    const bool exists = std::any_of(variables.begin(), variables.end(),
                                    [&](const ResultVariable& v) { return v.name == name; });
    if (!exists) throw InputError("variable '" + name + "' is missing");
    found = open.emplace(name, open_variable(root, name)).first;
  }
  const HdfVariable& variable = found->second;
  if (variable.type != type || !is_world_variable(variable.dimensions))
    throw InputError("variable '" + name + "' has another type or shape than it should");
  return variable;
}

const HdfVariable& ResultFile::Impl::by_meaning(const std::string& name, VariableKind kind,
                                                const char* what) const {
  std::string known;
  for (const ResultVariable& candidate : variables) {
    if (candidate.kind != kind) continue;
    if (candidate.meaning_of == name) {
      auto found = open.find(candidate.name);
      if (found == open.end())
        found = open.emplace(candidate.name, open_variable(root, candidate.name)).first;
      return found->second;
    }
    known += (known.empty() ? "" : ", ") + candidate.meaning_of;
  }
  throw InputError(path + " holds no " + what + " '" + name + "' (it holds " +
                   (known.empty() ? "none" : known) + ") ask for one of those");
}

template <class T>
void ResultFile::Impl::read_pairs(const HdfVariable& variable, uint64_t arm, PairRange range,
                                  std::span<T> values) const {
  const uint64_t pairs = info.futures * info.replications;
  if (arm >= info.arms.size() || range.first > pairs || range.count > pairs - range.first)
    throw InputError(path + " has no such worlds (arm " + std::to_string(arm) + ", pairs " +
                     std::to_string(range.first) + " to " +
                     std::to_string(range.first + range.count) + "; it has " +
                     std::to_string(info.arms.size()) + " arms and " + std::to_string(pairs) +
                     " pairs) ask for worlds that it has");
  uint64_t rows = 1;
  for (size_t axis = 3; axis < variable.shape.size(); ++axis) rows *= variable.shape[axis];
  if (values.size() != range.count * rows || sizeof(T) != bytes_of(variable.type))
    throw SystemError("values of " + path +
                      " do not fit where they are read to (this is a fault of chasm) report it");
  std::vector<uint64_t> offset(variable.shape.size(), 0), count = variable.shape;
  // Whole futures are read at once, the ends of a range replication by replication.
  const WorldSlabs whole{{1, info.futures, info.replications, 1}, info.futures, info.replications};
  const WorldSlabs part{whole.worlds, 1, std::max<uint64_t>(1, info.replications - 1)};
  for (uint64_t done = 0; done < range.count;) {
    const uint64_t pair = range.first + done, left = range.count - done;
    const bool at_start = pair % info.replications == 0;
    uint64_t now;
    if (at_start && left >= info.replications) {
      whole.place(pair, offset, count);
      count[1] = std::min(count[1], left / info.replications);
      now = count[1] * info.replications;
    } else {
      now = std::min(part.place(pair, offset, count), left);
      count[2] = now;
    }
    offset[0] = arm;
    count[0] = 1;
    read_slab(variable, offset, count, values.data() + done * rows);
    done += now;
  }
}

Manifest ResultFile::Impl::manifest() const {
  if (guard == Guard::none) return about(path, [&] { return read_manifest(file); });
  const std::string text = in_child(path, reading_seconds(info.bytes), [&] {
    return about(path, [&] {
      const Manifest manifest = read_manifest(open_for_reading(path));
      std::string lines = manifest.text + "\n";
      for (const auto& [name, digest] : manifest.values) lines += name + " " + digest + "\n";
      return std::to_string(manifest.text.size()) + "\n" + lines;
    });
  });
  Manifest manifest;
  const size_t first = text.find('\n');
  const size_t length = std::stoull(text);
  manifest.text = text.substr(first + 1, length);
  std::istringstream lines(text.substr(first + 1 + length));
  for (std::string name, digest; lines >> name >> digest;)
    manifest.values.emplace_back(name, digest);
  return manifest;
}

ResultFile::ResultFile(const std::string& path, Guard guard) : impl_(std::make_unique<Impl>()) {
  impl_->path = path;
  impl_->guard = guard;
  impl_->info.bytes = look_at_bytes(path);
  const auto check = [&] {
    return about(path, [&] {
      check_file(path, impl_->info.bytes);
      return std::string();
    });
  };
  if (guard == Guard::child)
    in_child(path, reading_seconds(impl_->info.bytes), check);
  else
    check();
  about(path, [&] {
    impl_->file = open_for_reading(path);
    impl_->root = hdf5(H5Gopen2(impl_->file, "/", H5P_DEFAULT), H5Gclose, "open the root group");
    impl_->read_info();
    impl_->read_variables();
  });
}

ResultFile::~ResultFile() = default;
ResultFile::ResultFile(ResultFile&&) noexcept = default;
ResultFile& ResultFile::operator=(ResultFile&&) noexcept = default;

const ResultInfo& ResultFile::info() const { return impl_->info; }
const std::vector<ResultVariable>& ResultFile::variables() const { return impl_->variables; }

void ResultFile::column(const std::string& name, uint64_t arm, PairRange range,
                        std::span<double> values) const {
  about(impl_->path, [&] {
    const HdfVariable& variable = impl_->by_meaning(name, VariableKind::metric, "metric");
    if (variable.type == "f64") {
      impl_->read_pairs(variable, arm, range, values);
      return;
    }
    if (variable.type != "f32") throw InputError("metric '" + name + "' holds no real numbers");
    std::vector<float> narrow(values.size());
    impl_->read_pairs(variable, arm, range, std::span<float>(narrow));
    std::copy(narrow.begin(), narrow.end(), values.begin());
  });
}

double ResultFile::metric(const std::string& name, uint64_t arm, uint64_t future,
                          uint64_t replication) const {
  double value = 0;
  column(name, arm, {future * info().replications + replication, 1}, {&value, 1});
  return value;
}

void ResultFile::series(const std::string& name, uint64_t arm, PairRange range,
                        std::span<float> values) const {
  about(impl_->path, [&] {
    const HdfVariable& variable = impl_->by_meaning(name, VariableKind::series, "full series");
    if (variable.type != "f32") throw InputError("series '" + name + "' holds no real numbers");
    impl_->read_pairs(variable, arm, range, values);
  });
}

void ResultFile::histogram(const std::string& name, uint64_t arm, std::span<int64_t> values) const {
  about(impl_->path, [&] {
    const HdfVariable& variable = impl_->by_meaning(name, VariableKind::histogram, "histogram of");
    if (variable.type != "i64" || arm >= variable.shape[0] ||
        values.size() != variable.shape[1] * variable.shape[2])
      throw InputError("the histogram of '" + name + "' has another type or shape than it should");
    read_slab(variable, {arm, 0, 0}, {1, variable.shape[1], variable.shape[2]}, values.data());
  });
}

void ResultFile::total(const std::string& name, uint64_t arm, std::span<int64_t> values) const {
  about(impl_->path, [&] {
    const HdfVariable& variable = impl_->by_meaning(name, VariableKind::total, "total");
    std::vector<uint64_t> offset(variable.shape.size(), 0), count = variable.shape;
    uint64_t cells = 1;
    bool too_large = false;
    for (size_t axis = 1; axis < count.size(); ++axis)
      too_large = too_large || __builtin_mul_overflow(cells, count[axis], &cells);
    if (too_large || variable.type != "i64" || arm >= variable.shape[0] || values.size() != cells)
      throw InputError("the total '" + name + "' has another type or shape than it should");
    offset[0] = arm;
    count[0] = 1;
    read_slab(variable, offset, count, values.data());
  });
}

std::vector<double> ResultFile::summary(const std::string& metric,
                                        const std::string& statistic) const {
  return about(impl_->path, [&] {
    for (const ResultVariable& known : impl_->variables) {
      if (known.kind != VariableKind::summary || known.meaning_of != metric ||
          known.statistic != statistic)
        continue;
      const HdfVariable variable = open_variable(impl_->root, known.name);
      uint64_t cells = 1;
      for (const uint64_t size : variable.shape)
        if (__builtin_mul_overflow(cells, size, &cells)) throw InputError("a summary is too large");
      const std::vector<uint64_t> start(variable.shape.size(), 0);
      std::vector<double> values(cells);
      if (variable.type == "f64") {
        read_slab(variable, start, variable.shape, values.data());
        return values;
      }
      if (variable.type != "i64") throw InputError("'" + known.name + "' holds no numbers");
      std::vector<int64_t> whole(cells);
      read_slab(variable, start, variable.shape, whole.data());
      std::copy(whole.begin(), whole.end(), values.begin());
      return values;
    }
    throw InputError("it holds no " + statistic + " of '" + metric + "'");
  });
}

std::pair<std::vector<std::string>, std::vector<int64_t>> ResultFile::outcomes() const {
  return about(impl_->path, [&] {
    const HdfVariable worlds = open_variable(impl_->root, "worlds");
    if (worlds.type != "i64" || worlds.shape.size() != 2 || worlds.shape[0] != info().arms.size())
      throw InputError("variable 'worlds' has another type or shape than it should");
    std::pair<std::vector<std::string>, std::vector<int64_t>> out;
    out.first = read_texts(open_variable(impl_->root, worlds.dimensions[1]), worlds.shape[1]);
    out.second.resize(worlds.shape[0] * worlds.shape[1]);
    read_slab(worlds, {0, 0}, worlds.shape, out.second.data());
    return out;
  });
}

void ResultFile::statuses(uint64_t arm, PairRange range, std::span<uint8_t> values) const {
  about(impl_->path,
        [&] { impl_->read_pairs(impl_->variable("status", "u8"), arm, range, values); });
}

void ResultFile::failures(uint64_t arm, PairRange range, std::span<uint16_t> values) const {
  about(impl_->path,
        [&] { impl_->read_pairs(impl_->variable("failure", "u16"), arm, range, values); });
}

Status ResultFile::status(uint64_t arm, uint64_t future, uint64_t replication) const {
  uint8_t value = 0;
  statuses(arm, {future * info().replications + replication, 1}, {&value, 1});
  return static_cast<Status>(value);
}

std::string ResultFile::recompute_digest() const { return impl_->manifest().digest(); }

std::vector<std::pair<std::string, std::string>> ResultFile::variable_digests() const {
  return impl_->manifest().values;
}

}  // namespace chasm
