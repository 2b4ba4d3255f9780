#pragma once

// Variables that are written while their values come, one slab of memory each.

#include <memory>
#include <string>
#include <vector>

#include "hpc/netcdf4.hpp"
#include "hpc/sha256.hpp"
#include "hpc/worlds.hpp"

namespace chasm {

// Bytes of a chunk, and of the memory a variable takes while it is written.
inline constexpr uint64_t chunk_bytes = 512u << 10;

// The chunk of a variable on (arm, future, replication, ...) of that many values a world.
std::vector<uint64_t> world_chunk(const WorldShape&, uint64_t width, bool has_rows);

// A variable on (arm, future, replication) or (arm, future, replication, time).
class WorldColumn {
 public:
  // `layout.chunk` is set here.
  WorldColumn(NcGroup&, const std::string& name, NcType, const std::vector<NcDimension>&,
              NcLayout = {});
  NcVariable& variable() { return variable_; }
  // The next pairs, [pair][arm] or [pair][arm][row], of the variable's type.
  void add(const void* values, uint64_t pairs);
  // After the last pair: records the digest and closes the variable.
  void finish();

 private:
  WorldShape worlds_;
  WorldSlabs slabs_;
  std::vector<uint64_t> offset_, count_;
  std::vector<unsigned char> slab_;  // [arm][pair of the slab]
  uint64_t first_ = 0;               // pair of the slab
  uint64_t filled_ = 0;              // pairs in it
  uint64_t room_ = 0;                // pairs it takes
  Sha256 sum_;
  NcVariable variable_;
};

// A variable on (future).
template <class T>
class FutureColumn {
 public:
  FutureColumn(NcVariable variable, uint64_t chunk)
      : chunk_(chunk), variable_(std::move(variable)) {
    values_.reserve(chunk);
  }
  NcVariable& variable() { return variable_; }
  void add(T value) {
    values_.push_back(value);
    if (values_.size() == chunk_) flush();
  }
  void finish() {
    if (!values_.empty()) flush();
    variable_.record_digest(sum_.hex());
    variable_.close();
  }

  static uint64_t chunk(uint64_t futures) { return std::min(futures, chunk_bytes / sizeof(T)); }

 private:
  void flush() {
    variable_.write({written_}, {values_.size()}, values_.data());
    sum_.add({reinterpret_cast<const unsigned char*>(values_.data()), values_.size() * sizeof(T)});
    written_ += values_.size();
    values_.clear();
  }

  uint64_t chunk_;
  std::vector<T> values_;
  uint64_t written_ = 0;
  Sha256 sum_;
  NcVariable variable_;
};

}  // namespace chasm
