#include "sim/design/address.hpp"
#include "sim/design/points.hpp"

namespace chasm {

namespace {

class IndependentPoints : public Points {
 public:
  IndependentPoints(uint64_t rows, const Names& names, uint64_t seed) : rows_(rows), seed_(seed) {
    for (const std::string& name : names) names_.push_back(name_hash(name));
  }
  uint64_t rows() const override { return rows_; }
  void fill(uint64_t row, std::span<double> unit) const override {
    for (size_t k = 0; k < names_.size(); ++k) {
      const auto words =
          design_words(seed_, static_cast<uint32_t>(row), names_[k], DesignDecision::independent);
      unit[k] = unit_number(words.word[0].v, words.word[1].v);
    }
  }

 private:
  uint64_t rows_;
  PhiloxKeys seed_;
  std::vector<uint64_t> names_;
};

}  // namespace

std::unique_ptr<const Points> independent_points(uint64_t rows, const Names& names, uint64_t seed) {
  return std::make_unique<IndependentPoints>(rows, names, seed);
}

}  // namespace chasm
