#include <algorithm>
#include <bit>
#include <utility>

#include "sim/design/address.hpp"
#include "sim/design/points.hpp"

namespace chasm {

namespace {

// A random permutation of 0..n-1, one element at a time and without memory: a Feistel network on as many bits as n
// needs, at least eight, walked until it falls below n (Black & Rogaway 2002, doi:10.1007/3-540-45760-7_9).
class Permutation {
 public:
  explicit Permutation(uint64_t n) : n_(n) {
    const int bits = std::max(static_cast<int>(std::bit_width(n - 1)), 8);
    left_bits_ = bits / 2;
    right_bits_ = bits - left_bits_;
  }

  uint64_t operator()(uint64_t index, const PhiloxKeys& seed, uint64_t name) const {
    do index = once(index, seed, name);
    while (index >= n_);
    return index;
  }

 private:
  static constexpr uint32_t rounds = 8;  // even: both halves have their own width again

  uint64_t once(uint64_t index, const PhiloxKeys& seed, uint64_t name) const {
    uint32_t left_mask = (uint32_t{1} << left_bits_) - 1;
    uint32_t right_mask = (uint32_t{1} << right_bits_) - 1;
    uint32_t left = static_cast<uint32_t>(index >> right_bits_);
    uint32_t right = static_cast<uint32_t>(index) & right_mask;
    for (uint32_t round = 0; round < rounds; ++round) {
      const auto words = design_words(seed, right, name, DesignDecision::latin_permutation, round);
      const uint32_t next = left ^ (words.word[0].v & left_mask);
      left = right;
      right = next;
      std::swap(left_mask, right_mask);
    }
    return (uint64_t{left} << right_bits_) | right;
  }

  uint64_t n_;
  int left_bits_, right_bits_;
};

class LatinPoints : public Points {
 public:
  LatinPoints(uint64_t rows, const Names& names, uint64_t seed)
      : rows_(rows), seed_(seed), permutation_(rows), place_bits_(52 - std::bit_width(rows - 1)) {
    // The number of rows is part of the address.
    for (const std::string& name : names)
      names_.push_back(name_hash(name) ^ (rows * 0x9e3779b97f4a7c15u));
  }
  uint64_t rows() const override { return rows_; }
  void fill(uint64_t row, std::span<double> unit) const override {
    for (size_t k = 0; k < names_.size(); ++k) {
      const auto words =
          design_words(seed_, static_cast<uint32_t>(row), names_[k], DesignDecision::latin_place);
      // As many digits as keep stratum + place exact, so that no row rounds into the next stratum.
      const uint64_t digits =
          ((uint64_t{words.word[0].v} << 32) | words.word[1].v) >> (64 - place_bits_);
      const double cell = 1.0 / static_cast<double>(uint64_t{1} << place_bits_);
      const double place = (static_cast<double>(digits) + 0.5) * cell;
      const uint64_t stratum = permutation_(row, seed_, names_[k]);
      unit[k] = (static_cast<double>(stratum) + place) / static_cast<double>(rows_);
    }
  }

 private:
  uint64_t rows_;
  PhiloxKeys seed_;
  Permutation permutation_;
  int place_bits_;
  std::vector<uint64_t> names_;
};

}  // namespace

std::unique_ptr<const Points> latin_points(uint64_t rows, const Names& names, uint64_t seed) {
  return std::make_unique<LatinPoints>(rows, names, seed);
}

}  // namespace chasm
