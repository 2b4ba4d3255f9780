#pragma once

// Runs what is missing of a study and commits it to a journal. Killed at any moment, a later call goes on from the
// blocks that were committed; any shards in any order make the same blocks.

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "hpc/block_source.hpp"
#include "hpc/identity.hpp"
#include "hpc/journal.hpp"
#include "hpc/manager.hpp"
#include "sim/backend.hpp"

namespace chasm {

// Shard k of N takes the blocks k-1, k-1+N, k-1+2N...: equal shares to one block, also where cost drifts along the
// study, and the first futures are done first whichever shard is behind.
struct Shard {
  uint64_t index = 1;  // 1..count
  uint64_t count = 1;
};

// "2/4"; throws InputError.
Shard parse_shard(const std::string&);

// Bytes of results that may wait for the disk.
inline constexpr uint64_t most_waiting_bytes = uint64_t{64} << 20;

struct Progress {
  uint64_t blocks_done = 0;  // of this shard, resumed ones included
  uint64_t blocks = 0;
  uint64_t worlds_done = 0;
  uint64_t worlds = 0;
  uint64_t worlds_resumed = 0;    // found in journals
  uint64_t worlds_failed = 0;     // of worlds_done
  uint64_t blocks_elsewhere = 0;  // of blocks_done: committed now, by other ranks
};

// What stands at the output path already.
struct Existing {
  bool there = false;
  std::string difference;  // "" where it is the finished result of this very study
};

struct RunOptions {
  std::string output;
  Shard shard;
  // Replaces a result or journals of something else. Journals of this very study are still resumed, so a requeued
  // job that says --force goes on instead of starting again.
  bool force = false;
  const std::atomic<bool>* stop = nullptr;  // set by a signal handler
  std::function<void(const Progress&)>
      progress;  // once at the start, then after each commit; one call at a time
  // Looks at a file at the output path; without it any file there is refused.
  std::function<Existing(const std::string& path, const Identity&)> examine;
  // Of a run of several ranks, on rank 0; the others call work() (hpc/worker.hpp).
  Manager* manager = nullptr;
  // Something went wrong that does not end the run; one call at a time, and not during `progress`.
  std::function<void(const std::string&)> warn;
};

struct RunReport {
  bool already_finished = false;  // the result file of this study is there: nothing was run
  bool study_complete = false;    // every block, not only the shard's, is in the journals
  Progress progress;
  uint64_t copies = 0;           // blocks that were handed out a second time
  std::vector<RankState> ranks;  // rank 0 first; empty where there is one
};

// Throws InputError (output path, another study there, shard), SystemError (disk, I/O), Interrupted.
RunReport run_study(const Study&, const Partition&, const Backend&, const RunOptions&);

// Bytes on disk at their most: journals, and the result file that is made from them beside them.
struct DiskNeed {
  uint64_t journal = 0;
  uint64_t result = 0;
};
DiskNeed disk_need(const Study&, const Partition&);

// Blocks of a study from the journals beside its output.
class JournalSource : public BlockSource {
 public:
  // Throws InputError where journals belong to something else.
  JournalSource(const Study&, const Partition&, const std::string& output);
  // The lowest block that no journal holds.
  std::optional<uint64_t> first_missing() const;
  uint64_t missing() const;
  BlockResult read(uint64_t block) override;

 private:
  const Study& study_;
  Partition partition_;
  JournalReader reader_;
};

}  // namespace chasm
