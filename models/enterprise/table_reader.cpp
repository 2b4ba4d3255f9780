#include "models/enterprise/table_reader.hpp"

#include <cmath>
#include <cstdio>
#include <limits>

#include "sim/error.hpp"
#include "sim/nearest.hpp"

namespace chasm::enterprise {

namespace {

// One line of at most 60 bytes; a character is never cut.
std::string printable(std::string_view name) {
  size_t size = name.size();
  if (size > 60) size = 60;
  while (size < name.size() && size > 0 && (name[size] & 0xc0) == 0x80) --size;
  std::string text;
  for (const char c : name.substr(0, size))
    text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return size < name.size() ? text + "..." : text;
}

}  // namespace

std::string quoted(std::string_view name) { return '"' + printable(name) + '"'; }

std::string number_text(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.15g", value);
  return text;
}

size_t TableReader::column_of(std::string_view column) const {
  size_t at = 0;
  while (data_->columns.at(at) != column) ++at;
  return at;
}

size_t TableReader::rows() const {
  // Some column of texts names the rows of every table.
  for (const auto& column : data_->texts)
    if (!column.empty()) return column.size();
  return 0;
}

const std::string& TableReader::text(std::string_view column, size_t row) const {
  return data_->texts[column_of(column)][row];
}

bool TableReader::has(std::string_view column, size_t row) const {
  const size_t at = column_of(column);
  return data_->values[at].empty() ? !data_->texts[at][row].empty()
                                   : !std::isnan(data_->values[at][row]);
}

void TableReader::refuse(std::string_view text) const {
  throw InputError(name_ + ": " + data_->path + ": " + std::string(text));
}

// The header is row 1.
void TableReader::refuse(size_t row, std::string_view column, std::string_view text) const {
  refuse("row " + std::to_string(row + 2) + ", column \"" + std::string(column) +
         "\": " + std::string(text));
}

double TableReader::number(std::string_view column, size_t row, double low, double high) const {
  const double value = data_->values[column_of(column)][row];
  if (std::isnan(value) || (value >= low && value <= high)) return value;
  refuse(row, column,
         number_text(value) + " is out of range (" + number_text(low) + " to " + number_text(high) +
             ") correct it");
}

int TableReader::whole(std::string_view column, size_t row, int low, int high) const {
  const double value = number(column, row, low, high);
  if (std::isnan(value)) return -1;
  if (value != std::floor(value))
    refuse(row, column, number_text(value) + " is no whole number (it counts) round it");
  return static_cast<int>(value);
}

std::map<std::string, int> TableReader::names(std::string_view column) const {
  std::map<std::string, int> found;
  for (size_t row = 0; row < rows(); ++row) {
    const auto [at, is_new] = found.emplace(text(column, row), static_cast<int>(row));
    if (!is_new)
      refuse(row, column,
             quoted(text(column, row)) + " is there already (row " +
                 std::to_string(at->second + 2) +
                 "; other rows are found by this name) give each its own");
  }
  return found;
}

int TableReader::find(std::string_view column, size_t row, const std::map<std::string, int>& names,
                      std::string_view where) const {
  const std::string& name = text(column, row);
  if (name.empty()) return -1;
  const auto at = names.find(name);
  if (at != names.end()) return at->second;
  std::vector<std::string> known;
  for (const auto& [each, number] : names) known.push_back(printable(each));
  refuse(row, column,
         quoted(name) + " is not in " + std::string(where) + " (" + suggestion(name, known) +
             ") correct one of the two");
}

int TableReader::choose(std::string_view column, size_t row, const char* const* words,
                        int count) const {
  const std::string& name = text(column, row);
  std::vector<std::string> known;
  for (int i = 0; i < count; ++i) {
    if (name == words[i]) return i;
    known.emplace_back(words[i]);
  }
  refuse(row, column,
         quoted(name) + " is no " + std::string(column) + " (" + suggestion(name, known) +
             ") use one of those");
}

}  // namespace chasm::enterprise
