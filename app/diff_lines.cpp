#include "app/diff_lines.hpp"

#include <algorithm>
#include <span>

namespace chasm {

namespace {

constexpr size_t most_cells = 4'000'000;  // of the table below, two bytes each

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  size_t from = 0;
  while (from < text.size()) {
    const size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

using Lines = std::span<const std::string>;

// kept[i]: which line of `b` stands for line i of `a`, or b.size() for none. In order.
std::vector<size_t> common_lines(Lines a, Lines b) {
  std::vector<size_t> kept(a.size(), b.size());
  if (a.size() * b.size() > most_cells) {
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
      if (a[i] == b[i]) kept[i] = i;
    return kept;
  }
  // longest[i][j]: length of the longest common subsequence of what follows i and j.
  const size_t columns = b.size() + 1;
  std::vector<uint16_t> longest((a.size() + 1) * columns, 0);
  for (size_t i = a.size(); i-- > 0;)
    for (size_t j = b.size(); j-- > 0;)
      longest[i * columns + j] =
          a[i] == b[j] ? static_cast<uint16_t>(longest[(i + 1) * columns + j + 1] + 1)
                       : std::max(longest[(i + 1) * columns + j], longest[i * columns + j + 1]);
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j])
      kept[i++] = j++;
    else if (longest[(i + 1) * columns + j] >= longest[i * columns + j + 1])
      ++i;
    else
      ++j;
  }
  return kept;
}

}  // namespace

std::vector<LineChange> changed_lines(const std::string& a, const std::string& b) {
  const auto left = lines_of(a), right = lines_of(b);
  size_t head = 0, tail = 0;
  const size_t shorter = std::min(left.size(), right.size());
  while (head < shorter && left[head] == right[head]) ++head;
  while (tail < shorter - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail])
    ++tail;
  const Lines old_lines = Lines(left).subspan(head, left.size() - head - tail);
  const Lines new_lines = Lines(right).subspan(head, right.size() - head - tail);
  const auto kept = common_lines(old_lines, new_lines);

  std::vector<LineChange> changes;
  size_t i = 0, j = 0;
  while (i < old_lines.size() || j < new_lines.size()) {
    size_t until = i;
    while (until < old_lines.size() && kept[until] == new_lines.size()) ++until;
    const size_t until_new = until < old_lines.size() ? kept[until] : new_lines.size();
    // What stands between two common lines is paired off, as far as both texts have lines there.
    while (i < until || j < until_new) {
      LineChange change;
      if (i < until) {
        change.left = head + i + 1;
        change.old_line = old_lines[i++];
      }
      if (j < until_new) {
        change.right = head + j + 1;
        change.new_line = new_lines[j++];
      }
      changes.push_back(std::move(change));
    }
    ++i;
    ++j;
  }
  return changes;
}

}  // namespace chasm
