#include "tests/sim/battery.hpp"

#include <algorithm>
#include <bit>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace chasm::random_test {
namespace {

template <class Counts>
std::vector<double> vector_of(const Counts& counts) {
  return {counts.begin(), counts.end()};
}

double total(const std::vector<double>& counts) {
  double sum = 0;
  for (double each : counts) sum += each;
  return sum;
}

template <class Counts>
double even(const Counts& counts) {
  const std::vector<double> is = vector_of(counts);
  return chi_square(is, std::vector<double>(is.size(), total(is) / static_cast<double>(is.size())));
}

template <class Counts>
double with_chances(const Counts& counts, const std::vector<double>& chances) {
  const std::vector<double> is = vector_of(counts);
  std::vector<double> expected;
  for (double chance : chances) expected.push_back(chance * total(is));
  return chi_square(is, expected);
}

std::vector<double> halves() {
  std::vector<double> out;
  for (int k = 0; k <= 32; ++k)
    out.push_back(std::exp(std::lgamma(33) - std::lgamma(k + 1) - std::lgamma(33 - k)) * 0x1p-32);
  return out;
}

}  // namespace

double chi_square(const std::vector<double>& counts, const std::vector<double>& expected) {
  std::vector<std::pair<double, double>> cells;  // expected, counted
  for (size_t cell = 0; cell < counts.size(); ++cell)
    cells.emplace_back(expected[cell], counts[cell]);
  std::sort(cells.begin(), cells.end());
  double sum = 0, rare = 0, rare_count = 0;
  int used = 0;
  for (const auto& [expect, count] : cells) {
    rare += expect;
    rare_count += count;
    if (rare < 5 && &expect != &cells.back().first) continue;
    sum += (rare_count - rare) * (rare_count - rare) / rare;
    ++used;
    rare = rare_count = 0;
  }
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(used - 1), sum));
}

void Battery::add(std::span<const uint32_t> words) {
  for (size_t at = 0; at < words.size(); ++at) {
    const uint32_t word = words[at];
    for (int bit = 0; bit < 32; ++bit) ones_[bit] += word >> bit & 1;
    for (int byte = 0; byte < 4; ++byte) ++bytes_[byte][word >> (8 * byte) & 255];
    if (at % 2 == 1) {
      ++high_pairs_[word >> 24 << 8 | words[at - 1] >> 24];
      ++low_pairs_[(word & 255) << 8 | (words[at - 1] & 255)];
      ++differing_bits_[std::popcount(word ^ words[at - 1])];
    }
    if (at % 32 >= 16) ++differing_bits_far_[std::popcount(word ^ words[at - 16])];
    if (at % 4 == 3) {
      int order = 0;
      for (int place = 0; place < 3; ++place) {
        int smaller = 0;
        for (int other = place + 1; other < 4; ++other)
          smaller += words[at - 3 + other] < words[at - 3 + place];
        order = order * (4 - place) + smaller;
      }
      ++orders_[order];
    }
    add_runs(word);
    if (words_ + static_cast<double>(at) > 0)
      products_ += (word / 0x1p32 - 0.5) * (before_ / 0x1p32 - 0.5) * 12;
    before_ = word;
  }
  for (size_t first = 0; first < words.size(); first += 4096)
    add_birthdays(words.subspan(first, 4096));
  for (size_t first = 0; first < words.size(); first += 32) add_ranks(words.subspan(first, 32));
  words_ += static_cast<double>(words.size());
}

// The word that ends a run is thrown away, so that runs are independent (Knuth, 3.3.2 exercise 14).
void Battery::add_runs(uint32_t word) {
  if (run_ == 0 || word > before_) {
    ++run_;
    return;
  }
  ++runs_[std::min(run_, 6) - 1];
  run_ = 0;
}

void Battery::add_birthdays(std::span<const uint32_t> words) {
  std::vector<uint32_t> days(words.begin(), words.end());
  std::sort(days.begin(), days.end());
  for (size_t each = days.size() - 1; each > 0; --each) days[each] -= days[each - 1];
  std::sort(days.begin(), days.end());
  int equal = 0;
  for (size_t each = 1; each < days.size(); ++each) equal += days[each] == days[each - 1];
  ++equal_spacings_[std::min(equal, 15)];
}

void Battery::add_ranks(std::span<const uint32_t> words) {
  std::array<uint32_t, 32> rows;
  std::copy(words.begin(), words.end(), rows.begin());
  int rank = 0;
  for (int bit = 31; bit >= 0; --bit) {
    const auto pivot =
        std::find_if(rows.begin() + rank, rows.end(), [&](uint32_t row) { return row >> bit & 1; });
    if (pivot == rows.end()) continue;
    std::swap(*pivot, rows[rank]);
    for (int row = rank + 1; row < 32; ++row)
      if (rows[row] >> bit & 1) rows[row] ^= rows[rank];
    ++rank;
  }
  ++ranks_[std::min(32 - rank, 2)];
}

std::vector<Verdict> Battery::verdicts() const {
  std::vector<Verdict> out;
  double bits = 0;
  for (double ones : ones_) bits += (ones - words_ / 2) * (ones - words_ / 2) / (words_ / 4);
  out.push_back(
      {"bits", boost::math::cdf(boost::math::complement(boost::math::chi_squared(32), bits))});
  for (int byte = 0; byte < 4; ++byte)
    out.push_back({"byte " + std::to_string(byte), even(bytes_[byte])});
  out.push_back({"pairs of top bytes", even(high_pairs_)});
  out.push_back({"pairs of low bytes", even(low_pairs_)});
  out.push_back({"differing bits of neighbours", with_chances(differing_bits_, halves())});
  out.push_back({"differing bits 16 apart", with_chances(differing_bits_far_, halves())});
  out.push_back({"orders of four", even(orders_)});
  out.push_back(
      {"runs", with_chances(runs_, {1 / 2., 1 / 3., 1 / 8., 1 / 30., 1 / 144., 1 / 720.})});
  std::vector<double> ranks = {0.2887880950866024, 0.5775761901732048, 0};
  ranks[2] = 1 - ranks[0] - ranks[1];
  out.push_back({"ranks", with_chances(ranks_, ranks)});
  // The number of equal spacings is nearly Poisson with mean 4096^3 / (4 2^32) = 4.
  std::vector<double> spacings;
  double rest = 1, chance = std::exp(-4.0);
  for (int equal = 0; equal < 15; rest -= chance, ++equal, chance *= 4.0 / equal)
    spacings.push_back(chance);
  spacings.push_back(rest);
  out.push_back({"birthday spacings", with_chances(equal_spacings_, spacings)});
  const double z = products_ / std::sqrt(words_ - 1);
  out.push_back(
      {"correlation of neighbours", 2 * boost::math::cdf(boost::math::normal(), -std::fabs(z))});
  return out;
}

}  // namespace chasm::random_test
