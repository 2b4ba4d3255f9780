#include "sim/nearest.hpp"

#include <algorithm>
#include <vector>

namespace chasm {

namespace {

// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i)
    for (size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min(
          {d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

std::string suggestion(std::string_view name, std::span<const std::string> known) {
  constexpr size_t longest = 100;
  const std::string* nearest = nullptr;
  size_t distance = ~size_t{0};
  for (const std::string& candidate : known) {
    if (name.size() > longest || candidate.size() > longest) continue;
    const size_t d = edit_distance(name, candidate);
    if (d < distance) {
      distance = d;
      nearest = &candidate;
    }
  }
  if (nearest != nullptr && distance <= std::max<size_t>(1, nearest->size() / 3))
    return "did you mean \"" + *nearest + "\"?";
  std::string list;
  for (size_t i = 0; i < known.size() && i < 10; ++i) list += (i == 0 ? "" : ", ") + known[i];
  if (known.empty()) return "none is known here";
  return "known: " + list + (known.size() > 10 ? ", ..." : "");
}

}  // namespace chasm
