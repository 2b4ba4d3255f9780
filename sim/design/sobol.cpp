#include <algorithm>

#include "sim/design/points.hpp"
#include "sim/design/scramble.hpp"
#include "sim/design/sobol_directions.hpp"

namespace chasm {

namespace {

uint32_t sobol_digits(uint64_t row, const uint32_t* directions) {
  uint32_t digits = 0;
  for (; row != 0; row >>= 1, ++directions) digits ^= (row & 1) ? *directions : 0;
  return digits;
}

class SobolPoints : public Points {
 public:
  SobolPoints(uint64_t rows, const Names& names, const std::vector<int>& dimensions, uint64_t seed)
      : rows_(rows), seed_(seed) {
    for (const std::string& name : names) names_.push_back(name_hash(name));
    const auto all = sobol_directions(*std::max_element(dimensions.begin(), dimensions.end()) + 1);
    for (const int dimension : dimensions)
      directions_.insert(directions_.end(), all.begin() + dimension * 32,
                         all.begin() + dimension * 32 + 32);
  }
  uint64_t rows() const override { return rows_; }
  void fill(uint64_t row, std::span<double> unit) const override {
    for (size_t k = 0; k < names_.size(); ++k)
      unit[k] = scrambled(sobol_digits(row, &directions_[k * 32]), seed_, names_[k],
                          DesignDecision::scramble);
  }

 private:
  uint64_t rows_;
  PhiloxKeys seed_;
  std::vector<uint64_t> names_;
  std::vector<uint32_t> directions_;  // [coordinate][32]
};

class SaltelliPoints : public Points {
 public:
  SaltelliPoints(uint64_t base, bool second_order, const Names& names, uint64_t seed)
      : base_(base), seed_(seed), parameters_(names.size()), second_order_(second_order) {
    for (const std::string& name : names) names_.push_back(name_hash(name));
    directions_ = sobol_directions(static_cast<int>(2 * parameters_));
  }
  uint64_t rows() const override { return base_ * rows_a_base(); }
  uint32_t address(uint64_t row) const override {
    return static_cast<uint32_t>(row / rows_a_base());
  }
  void fill(uint64_t row, std::span<double> unit) const override {
    const uint64_t point = row / rows_a_base();
    const uint64_t place = row % rows_a_base();  // 0 is A, the last is B
    const uint64_t d = parameters_;
    const bool from_b = place > d;
    const uint64_t other = place == 0 || place == rows_a_base() - 1 ? d
                           : from_b                                 ? place - d - 1
                                                                    : place - 1;
    for (uint64_t k = 0; k < d; ++k) {
      const bool b = (k == other) != from_b;
      unit[k] = scrambled(sobol_digits(point, &directions_[(b ? d + k : k) * 32]), seed_, names_[k],
                          b ? DesignDecision::scramble_second : DesignDecision::scramble);
    }
  }

 private:
  uint64_t rows_a_base() const { return (second_order_ ? 2 : 1) * parameters_ + 2; }

  uint64_t base_;
  PhiloxKeys seed_;
  uint64_t parameters_;
  bool second_order_;
  std::vector<uint64_t> names_;
  std::vector<uint32_t> directions_;  // [dimension][32]
};

}  // namespace

std::unique_ptr<const Points> sobol_points(uint64_t rows, const Names& names,
                                           const std::vector<int>& dimensions, uint64_t seed) {
  return std::make_unique<SobolPoints>(rows, names, dimensions, seed);
}

std::unique_ptr<const Points> saltelli_points(uint64_t base, bool second_order, const Names& names,
                                              uint64_t seed) {
  return std::make_unique<SaltelliPoints>(base, second_order, names, seed);
}

}  // namespace chasm
