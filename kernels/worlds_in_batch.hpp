#pragma once

// Which worlds of which blocks lie in a batch, and their way in and out of its tiles. Worlds follow one another without gaps: a tile
// may hold the end of one block and the beginning of the next, and a block may go on in the next batch.

#include <list>
#include <vector>

#include "kernels/device_feed.hpp"
#include "sim/tile_worlds.hpp"

namespace chasm {

// A block that was begun: its result so far.
struct OpenBlock {
  BlockResult result;
  uint64_t next = 0;     // the first world that is in no batch yet
  uint64_t missing = 0;  // worlds without a result

  uint64_t worlds() const { return result.status.size(); }
};

// Worlds of one block, neighbours in the batch.
struct Segment {
  OpenBlock* block;
  uint64_t first_world;
  long place;  // of the first world in the batch
  long worlds;
};

// The worlds of one batch.
struct Segments {
  std::vector<Segment> all;
  long worlds = 0;
};

class BlockWorlds {
 public:
  // `threads` of the processor fill and collect.
  BlockWorlds(const Study&, const Partition&, int threads);

  // The next worlds of the feed, at most so many.
  Segments next(DeviceFeed&, long most);
  void fill(const Segments&, void* inputs);
  // Hands in every block that is complete by this batch.
  void collect(const Segments&, const void* outputs, DeviceFeed&);
  // Gives up every block that was begun, and says which.
  std::vector<uint64_t> give_up();

  const TileLayout& layout() const { return writers_.front().layout(); }

 private:
  const Study& study_;
  Partition partition_;
  std::vector<TileWorlds> writers_;  // one a thread
  std::list<OpenBlock> open_;        // in the order of the feed
};

}  // namespace chasm
