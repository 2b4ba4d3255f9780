#include "models/diffusion/edge_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "sim/error.hpp"

namespace chasm::diffusion {

namespace {

// The header is row 1.
std::string row_name(const TableData& table, size_t row) {
  return table.path + ": row " + std::to_string(row + 2);
}

std::string number_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.15g", value);
  return text;
}

uint32_t agent_at(const TableData& table, size_t column, size_t row, int agents) {
  const double value = table.values[column][row];
  if (!(value >= 0) || value != std::floor(value) || value >= agents)
    throw InputError(
        row_name(table, row) + ", column \"" + table.columns[column] + "\": " + number_text(value) +
        " is no agent (agents are the whole numbers 0 to " + std::to_string(agents - 1) +
        ", as many as `agents` says) number the agents from 0 or set `agents`");
  return static_cast<uint32_t>(value);
}

void refuse_twice(const TableData& table, const std::vector<uint32_t>& ends) {
  struct Tie {
    uint32_t low, high;
    size_t row;
  };
  std::vector<Tie> ties(ends.size() / 2);
  for (size_t row = 0; row < ties.size(); ++row)
    ties[row] = {std::min(ends[2 * row], ends[2 * row + 1]),
                 std::max(ends[2 * row], ends[2 * row + 1]), row};
  std::sort(ties.begin(), ties.end(), [](const Tie& a, const Tie& b) {
    return a.low != b.low ? a.low < b.low : a.high != b.high ? a.high < b.high : a.row < b.row;
  });
  const auto twice = std::adjacent_find(ties.begin(), ties.end(), [](const Tie& a, const Tie& b) {
    return a.low == b.low && a.high == b.high;
  });
  if (twice == ties.end()) return;
  throw InputError(row_name(table, (twice + 1)->row) + ": the tie of agents " +
                   std::to_string(twice->low) + " and " + std::to_string(twice->high) +
                   " is there already (row " + std::to_string(twice->row + 2) +
                   "; ties go both ways) list every tie once");
}

}  // namespace

std::vector<uint32_t> read_edges(const TableData& table, int agents) {
  const size_t rows = table.values.at(0).size();
  std::vector<uint32_t> ends(2 * rows);
  for (size_t row = 0; row < rows; ++row) {
    for (size_t column = 0; column < 2; ++column)
      ends[2 * row + column] = agent_at(table, column, row, agents);
    if (ends[2 * row] == ends[2 * row + 1])
      throw InputError(row_name(table, row) + ": a tie of agent " + std::to_string(ends[2 * row]) +
                       " with itself (nobody is their own neighbour) remove the row");
  }
  refuse_twice(table, ends);
  return ends;
}

}  // namespace chasm::diffusion
