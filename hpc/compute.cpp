#include "hpc/compute.hpp"

#include <exception>
#include <utility>

#include "hpc/block_codec.hpp"
#include "hpc/commit_queue.hpp"
#include "hpc/run.hpp"

namespace chasm {

void compute(const Study& study, const Partition& partition, const Backend& backend,
             JournalWriter& writer, BlockFeed& feed, const std::function<bool()>& asked_to_stop,
             const std::function<void(std::span<const Entry>)>& committed) {
  const auto encode = [&](const BlockResult& result) {
    return Entry{result.block, partition.worlds_in(result.block), failed_worlds(result),
                 encode_block(result, study, partition)};
  };
  CommitQueue queue(writer, most_waiting_bytes, encode, committed, [&] { feed.close(); });
  std::exception_ptr failure;
  backend.run_from(feed, [&](BlockResult&& result) noexcept {
    try {
      const uint64_t bytes = block_bytes(study, result.status.size());
      return queue.push(std::move(result), bytes) && !asked_to_stop();
    } catch (...) {
      failure = std::current_exception();
      return false;
    }
  });
  queue.finish();
  if (failure) std::rethrow_exception(failure);
  writer.close();
}

}  // namespace chasm
