#pragma once

// Columns of one table of the organization, with messages that name table, file, row and column.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model.hpp"

namespace chasm::enterprise {

class TableReader {
 public:
  TableReader(std::string_view name, const TableData& data) : name_(name), data_(&data) {}

  size_t rows() const;
  // What every row has in a column of texts; "" where it is empty.
  const std::string& text(std::string_view column, size_t row) const;
  bool has(std::string_view column, size_t row) const;

  // A number in [low, high]; NaN where the cell is empty.
  double number(std::string_view column, size_t row, double low, double high) const;
  // The same, a whole number; -1 where the cell is empty.
  int whole(std::string_view column, size_t row, int low, int high) const;

  // The number of each name of a column in which no name may stand twice.
  std::map<std::string, int> names(std::string_view column) const;
  // The number of a cell's name among those; -1 where the cell is empty. `where` is the table that should have it.
  int find(std::string_view column, size_t row, const std::map<std::string, int>& names,
           std::string_view where) const;
  // The same among the words of a list.
  int choose(std::string_view column, size_t row, const char* const* words, int count) const;

  [[noreturn]] void refuse(std::string_view text) const;
  [[noreturn]] void refuse(size_t row, std::string_view column, std::string_view text) const;
  const std::string& path() const { return data_->path; }

 private:
  size_t column_of(std::string_view column) const;

  std::string name_;
  const TableData* data_;
};

// A name as messages show it: in quotes, one line, shortened.
std::string quoted(std::string_view name);
// A number as people write it.
std::string number_text(double);

}  // namespace chasm::enterprise
