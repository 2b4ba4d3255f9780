#include "hpc/run.hpp"

#include <unistd.h>

#include <charconv>
#include <chrono>
#include <exception>
#include <mutex>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "hpc/block_codec.hpp"
#include "hpc/bytes.hpp"
#include "hpc/compute.hpp"
#include "hpc/finish.hpp"
#include "hpc/output_path.hpp"
#include "hpc/run_log.hpp"
#include "hpc/shared_schedule.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

void check_shard(const Shard& shard, const std::string& text) {
  if (shard.count >= 1 && shard.index >= 1 && shard.index <= shard.count) return;
  throw InputError("--shard " + text +
                   " is not a shard (k of N needs 1 <= k <= N) give for "
                   "example --shard 1/4 to the first of four runs");
}

bool belongs(const Shard& shard, uint64_t block) { return block % shard.count == shard.index - 1; }

uint64_t blocks_of(const Shard& shard, const Partition& partition) {
  const uint64_t blocks = partition.blocks();
  return blocks < shard.index ? 0 : (blocks - shard.index) / shard.count + 1;
}

bool finished_already(const RunOptions& options, const Identity& identity) {
  if (::access(options.output.c_str(), F_OK) != 0) return false;
  const Existing existing = options.examine ? options.examine(options.output, identity)
                                            : Existing{true, "it could not be looked into"};
  if (!existing.there) return false;
  if (existing.difference.empty()) return true;
  if (options.force) return false;
  throw InputError(options.output + " holds something else already (" + existing.difference +
                   ") choose another output path, or replace it with --force");
}

// What runs that were killed late, or beside the one that made the result, have left.
void tidy(const RunOptions& options, const Identity& identity) {
  try {
    remove_journals(journal_folder(options.output), identity);
    remove_leftovers(options.output);
  } catch (const SystemError&) {
    // The result stands all the same, and another run tries again.
  }
}

bool asked_to_stop(const RunOptions& options) { return options.stop != nullptr && *options.stop; }

// What the journals hold of a shard.
Progress resumed(const Partition& partition, const Shard& shard, const JournalReader& reader) {
  Progress progress;
  progress.blocks = blocks_of(shard, partition);
  progress.worlds = progress.blocks * partition.pairs_per_block * partition.arms;
  // Only the last block may be smaller.
  const uint64_t last = partition.blocks() - 1;
  if (belongs(shard, last)) {
    progress.worlds -= partition.pairs_per_block * partition.arms - partition.worlds_in(last);
  }
  for (const uint64_t block : reader.blocks()) {
    if (!belongs(shard, block)) continue;
    ++progress.blocks_done;
    progress.worlds_done += partition.worlds_in(block);
    progress.worlds_failed += reader.failed_in(block);
  }
  progress.worlds_resumed = progress.worlds_done;
  return progress;
}

std::vector<uint64_t> missing_blocks(const Partition& partition, const Shard& shard,
                                     const JournalReader& reader) {
  std::vector<uint64_t> missing;
  for (uint64_t block = shard.index - 1; block < partition.blocks(); block += shard.count) {
    if (!reader.has(block)) missing.push_back(block);
  }
  return missing;
}

uint64_t journal_bytes_a_block(const Study& study, const Partition& partition) {
  return frame_header_bytes + most_bytes(study, partition.pairs_per_block);
}

// What is done, told one call at a time.
class Tally {
 public:
  Tally(const Partition& partition, const RunOptions& options, Progress& progress)
      : partition_(partition), options_(options), progress_(progress) {}

  void add(uint64_t block, uint64_t failed, bool elsewhere) {
    ++progress_.blocks_done;
    progress_.worlds_done += partition_.worlds_in(block);
    progress_.worlds_failed += failed;
    progress_.blocks_elsewhere += elsewhere;
  }
  void committed_elsewhere(uint64_t block, uint64_t failed) {
    const std::lock_guard lock(mutex_);
    add(block, failed, true);
    tell();
  }
  void committed_here(std::span<const Entry> entries, SharedSchedule& schedule) {
    const std::lock_guard lock(mutex_);
    for (const Entry& entry : entries)
      if (schedule.committed(0, entry.block)) add(entry.block, entry.failed, false);
    tell();
  }
  void warn(const std::string& text) {
    const std::lock_guard lock(mutex_);
    if (options_.warn) options_.warn(text);
  }

 private:
  void tell() const {
    if (options_.progress) options_.progress(progress_);
  }

  const Partition& partition_;
  const RunOptions& options_;
  Progress& progress_;
  std::mutex mutex_;
};

// Runs blocks, and has them run by other ranks, each to a journal of its own. Returns early where it was asked to stop.
void run_blocks(const Study& study, const Partition& partition, const Backend& backend,
                std::vector<uint64_t> blocks, const RunOptions& options, RunReport& report) {
  Manager* const others = options.manager;
  JournalWriter writer(journal_folder(options.output), identify(study, partition));
  SharedSchedule schedule(partition, std::move(blocks), backend.slots(), others == nullptr);
  Tally tally(partition, options, report.progress);
  const auto stopped = [&] {
    return asked_to_stop(options) || (others != nullptr && others->asked_to_stop());
  };
  if (others != nullptr) {
    writer.start();
    others->begin({.schedule = &schedule,
                   .journal = writer.path(),
                   .host = host_name(),
                   .slots = backend.slots(),
                   .committed = [&](uint64_t block,
                                    uint64_t failed) { tally.committed_elsewhere(block, failed); },
                   .warn = [&](const std::string& text) { tally.warn(text); },
                   .asked_to_stop = stopped});
  }
  std::exception_ptr failure;
  try {
    compute(
        study, partition, backend, writer, schedule, [&] { return stopped() || schedule.over(); },
        [&](std::span<const Entry> entries) { tally.committed_here(entries, schedule); });
  } catch (...) {
    failure = std::current_exception();
  }
  if (others != nullptr) {
    schedule.close();
    others->end();
    report.ranks = others->ranks();
  }
  if (failure) std::rethrow_exception(failure);
  report.copies = schedule.copies();
  if (schedule.left() > 0 && !stopped()) throw std::logic_error("the backend left blocks out");
}

[[noreturn]] void interrupted(const Progress& progress, const std::string& output) {
  throw Interrupted("stopped when asked to (" + std::to_string(progress.blocks_done) + " of " +
                    std::to_string(progress.blocks) + " blocks are committed beside " + output +
                    ") run the same command again to go on from there");
}

}  // namespace

Shard parse_shard(const std::string& text) {
  Shard shard{0, 0};
  const char *at = text.data(), *end = at + text.size();
  const auto index = std::from_chars(at, end, shard.index);
  if (index.ec == std::errc() && index.ptr != end && *index.ptr == '/') {
    const auto count = std::from_chars(index.ptr + 1, end, shard.count);
    if (count.ec != std::errc() || count.ptr != end) shard.count = 0;
  }
  check_shard(shard, text);
  return shard;
}

RunReport run_study(const Study& study, const Partition& partition, const Backend& backend,
                    const RunOptions& options) {
  check_shard(options.shard,
              std::to_string(options.shard.index) + '/' + std::to_string(options.shard.count));
  check_output_path(options.output);
  const Identity identity = identify(study, partition);
  if (finished_already(options, identity)) {
    tidy(options, identity);
    RunReport nothing_to_do;
    nothing_to_do.already_finished = nothing_to_do.study_complete = true;
    return nothing_to_do;
  }
  if (options.manager != nullptr) options.manager->gather(identity, options.warn);
  const std::string folder = journal_folder(options.output);
  if (options.force) remove_other_journals(folder, identity);
  JournalReader reader(folder, identity);
  reader.refresh();
  RunReport report;
  Progress& progress = report.progress;
  progress = resumed(partition, options.shard, reader);
  const uint64_t missing = progress.blocks - progress.blocks_done;
  // Before anything of the study's size is held in memory.
  check_free_space(folder_of(options.output),
                   missing * journal_bytes_a_block(study, partition) + estimate_result_bytes(study),
                   "journals and result of this study");
  if (options.progress) options.progress(progress);
  if (missing > 0) {
    if (asked_to_stop(options)) interrupted(progress, options.output);
    run_blocks(study, partition, backend, missing_blocks(partition, options.shard, reader), options,
               report);
    if (progress.blocks_done < progress.blocks) interrupted(progress, options.output);
    // Blocks of other shards, and once more what was just written.
    reader.refresh();
    // What other machines wrote and closed may take a moment to show on a network file system.
    for (int tries = 0; options.manager != nullptr && tries < 50; ++tries) {
      if (reader.summary().blocks == partition.blocks()) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      reader.refresh();
    }
  }
  report.study_complete = reader.summary().blocks == partition.blocks();
  report.already_finished = !report.study_complete && finished_already(options, identity);
  return report;
}

DiskNeed disk_need(const Study& study, const Partition& partition) {
  return {partition.blocks() * journal_bytes_a_block(study, partition),
          estimate_result_bytes(study)};
}

JournalSource::JournalSource(const Study& study, const Partition& partition,
                             const std::string& output)
    : study_(study),
      partition_(partition),
      reader_(journal_folder(output), identify(study, partition)) {
  reader_.refresh();
}

std::optional<uint64_t> JournalSource::first_missing() const {
  if (missing() == 0) return {};
  uint64_t block = 0;
  while (reader_.has(block)) ++block;
  return block;
}

uint64_t JournalSource::missing() const { return partition_.blocks() - reader_.summary().blocks; }

BlockResult JournalSource::read(uint64_t block) {
  if (!reader_.has(block)) {
    throw SystemError("block " + std::to_string(block) + " is in no journal (" +
                      std::to_string(missing()) + " of " + std::to_string(partition_.blocks()) +
                      " blocks are missing) run the study again: it computes what is missing");
  }
  try {
    return decode_block(reader_.payload(block), block, study_, partition_);
  } catch (const BadBytes& bad) {
    throw SystemError("block " + std::to_string(block) + " in " + reader_.file_of(block) +
                      " is not a block of this study (" + bad.what() +
                      ") remove that journal and run the same command again");
  }
}

}  // namespace chasm
