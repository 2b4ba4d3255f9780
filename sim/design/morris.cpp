#include <algorithm>
#include <utility>

#include "sim/design/address.hpp"
#include "sim/design/points.hpp"

namespace chasm {

namespace {

class MorrisPoints : public Points {
 public:
  MorrisPoints(uint64_t trajectories, int levels, const Names& names, uint64_t seed)
      : trajectories_(trajectories), seed_(seed), levels_(static_cast<uint32_t>(levels)) {
    for (const std::string& name : names) names_.push_back(name_hash(name));
  }
  uint64_t rows() const override { return trajectories_ * rows_a_trajectory(); }
  uint32_t address(uint64_t row) const override {
    return static_cast<uint32_t>(row / rows_a_trajectory());
  }
  void fill(uint64_t row, std::span<double> unit) const override {
    const uint32_t trajectory = address(row);
    const uint64_t moved = row % rows_a_trajectory();  // coordinates that have made their step
    // Coordinates step in the order of random keys, each addressed by its name.
    std::vector<std::pair<uint64_t, size_t>> order(names_.size());
    for (size_t k = 0; k < names_.size(); ++k) {
      const auto words = draw(trajectory, k);
      order[k] = {(uint64_t{words.word[0].v} << 32) | words.word[1].v, k};
    }
    std::sort(order.begin(), order.end());
    for (size_t place = 0; place < order.size(); ++place) {
      const size_t k = order[place].second;
      const auto words = draw(trajectory, k);
      const uint32_t half = levels_ / 2;
      const uint32_t lower = static_cast<uint32_t>((uint64_t{words.word[2].v} * half) >> 32);
      const bool up = (words.word[3].v >> 31) != 0;
      const bool high = (place < moved) == up;
      unit[k] = static_cast<double>(high ? lower + half : lower) / static_cast<double>(levels_ - 1);
    }
  }

 private:
  uint64_t rows_a_trajectory() const { return names_.size() + 1; }
  PhiloxBlock<1> draw(uint32_t trajectory, size_t k) const {
    return design_words(seed_, trajectory, names_[k], DesignDecision::trajectory);
  }

  uint64_t trajectories_;
  PhiloxKeys seed_;
  uint32_t levels_;
  std::vector<uint64_t> names_;
};

}  // namespace

std::unique_ptr<const Points> morris_points(uint64_t trajectories, int levels, const Names& names,
                                            uint64_t seed) {
  return std::make_unique<MorrisPoints>(trajectories, levels, names, seed);
}

}  // namespace chasm
