#include "sim/input/table_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <limits>
#include <memory>
#include <unordered_map>

#include <csv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/input/problems.hpp"
#include "sim/input/text_file.hpp"
#include "sim/nearest.hpp"

namespace chasm {
namespace {

using input::Place;
using input::Problem;
using input::shown;

TableColumn column_of(std::string_view written) {
  TableColumn column;
  column.optional = written.ends_with('?');
  if (column.optional) written.remove_suffix(1);
  constexpr std::string_view text = ":text";
  column.text = written.ends_with(text);
  if (column.text) written.remove_suffix(text.size());
  column.name = written;
  return column;
}

// What libcsv calls back into. Nothing may be thrown through its C frames: the first problem is
// kept.
class TableReader {
 public:
  TableReader(const std::string& name, const std::vector<std::string>& wanted)
      : file_(std::make_shared<const std::string>(name)) {
    for (const std::string& column : wanted) columns_.push_back(column_of(column));
    table_.path = name;
  }

  TableData read(std::string_view bytes) {
    csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
      throw SystemError("a table cannot be read (no memory) free some");
    }
    const std::unique_ptr<csv_parser, void (*)(csv_parser*)> guard(&parser, csv_free);
    bool whole = true;
    for (size_t at = 0; at < bytes.size() && whole && !problem_;) {
      const size_t end = line_end(bytes, at);
      ++line_;
      whole = csv_parse(&parser, bytes.data() + at, end - at, on_field, on_row, this) == end - at;
      at = end;
    }
    if (whole && !problem_) whole = csv_fini(&parser, on_field, on_row, this) == 0;
    if (problem_) std::rethrow_exception(problem_);
    if (!whole) {
      if (csv_error(&parser) == CSV_ENOMEM) {
        throw SystemError("a table cannot be read (no memory) free some");
      }
      throw Problem(here(), "",
                    "quotes do not match (a quoted field ends with its quote, and quotes in "
                    "it are doubled) correct this row");
    }
    if (table_.columns.empty()) {
      throw Problem(here(), "",
                    "is empty (a row with the names of columns is needed) give a CSV file");
    }
    if (rows_ == 0)
      throw Problem(here(), "", "has no rows below its header (data are needed) add some");
    add_missing();
    return std::move(table_);
  }

 private:
  // After the line break that ends the line at `at`: LF, CR LF or CR.
  static size_t line_end(std::string_view bytes, size_t at) {
    const size_t end = bytes.find_first_of("\r\n", at);
    if (end == std::string_view::npos) return bytes.size();
    return bytes.substr(end, 2) == "\r\n" ? end + 2 : end + 1;
  }

  static void on_field(void* text, size_t size, void* self) {
    auto& reader = *static_cast<TableReader*>(self);
    reader.guarded([&] { reader.field({static_cast<const char*>(text), size}); });
  }

  static void on_row(int, void* self) {
    auto& reader = *static_cast<TableReader*>(self);
    reader.guarded([&] { reader.row(); });
  }

  template <class Act>
  void guarded(Act&& act) {
    if (problem_) return;
    try {
      act();
    } catch (...) {
      problem_ = std::current_exception();
    }
  }

  Place here() const { return {file_, std::max(line_, 1u), 0}; }

  void field(std::string_view text) {
    if (!has_header_) {
      header_.emplace_back(text);
    } else if (fields_ < header_.size() && slot_[fields_] >= 0) {
      const auto column = static_cast<size_t>(slot_[fields_]);
      if (columns_[column].text)
        table_.texts[column].push_back(word(text, columns_[column]));
      else
        table_.values[column].push_back(number(text, columns_[column]));
    }
    ++fields_;
  }

  void row() {
    if (!has_header_) {
      take_header();
    } else if (fields_ != header_.size()) {
      throw Problem(here(), "",
                    fmt::format("has {} {} (the header has {}) make rows equally long", fields_,
                                fields_ == 1 ? "field" : "fields", header_.size()));
    } else {
      ++rows_;
    }
    fields_ = 0;
  }

  void take_header() {
    has_header_ = true;
    std::unordered_map<std::string_view, size_t> places;
    for (size_t i = 0; i < header_.size(); ++i) {
      if (header_[i].empty()) {
        throw Problem(here(), "",
                      fmt::format("column {} has no name (the first row names columns) "
                                  "name it",
                                  i + 1));
      }
      if (!places.emplace(header_[i], i).second) {
        throw Problem(here(), header_[i],
                      "is the name of two columns (names are unique) rename one");
      }
    }
    if (columns_.empty())
      for (const std::string& name : header_) columns_.push_back({name});
    for (const TableColumn& column : columns_) table_.columns.push_back(column.name);
    table_.values.resize(columns_.size());
    table_.texts.resize(columns_.size());
    slot_.assign(header_.size(), -1);
    for (size_t i = 0; i < table_.columns.size(); ++i) {
      const auto at = places.find(table_.columns[i]);
      if (at == places.end()) {
        if (columns_[i].optional) continue;
        const bool semicolons = header_.size() == 1 && header_[0].find(';') != std::string::npos;
        throw Problem(here(), table_.columns[i],
                      semicolons ? "is missing (columns are separated by commas, not semicolons) "
                                   "convert the file"
                                 : fmt::format("is missing (the file has {}) add the column",
                                               shown(fmt::format("{}", fmt::join(header_, ", ")))));
      }
      slot_[at->second] = static_cast<long>(i);
    }
    for (const TableColumn& column : columns_)
      if (column.optional && !places.contains(column.name)) refuse_misspelt(column.name);
  }

  // Columns that nobody reads are ignored, but not one that is meant for a column that is left out.
  void refuse_misspelt(const std::string& absent) const {
    for (size_t i = 0; i < header_.size(); ++i) {
      if (slot_[i] >= 0) continue;
      const std::string advice = suggestion(header_[i], std::span(&absent, 1));
      if (advice.starts_with("did you mean"))
        throw Problem(here(), header_[i],
                      fmt::format("would be ignored ({}) rename the column", advice));
    }
  }

  // Of columns that the file leaves out.
  void add_missing() {
    for (size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].text)
        table_.texts[i].resize(rows_);
      else
        table_.values[i].resize(rows_, std::numeric_limits<double>::quiet_NaN());
    }
  }

  std::string word(std::string_view text, const TableColumn& column) const {
    if (text.empty() && !column.optional)
      throw Problem(here(), column.name, "is empty (every row needs a text) fill it in");
    return std::string(text);
  }

  double number(std::string_view text, const TableColumn& wanted) const {
    if (text.empty() && wanted.optional) return std::numeric_limits<double>::quiet_NaN();
    std::string_view rest = text;
    if (rest.size() > 1 && rest[0] == '+' && rest[1] != '-') rest.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    const bool whole = error == std::errc() && end == rest.data() + rest.size() && !rest.empty();
    if (whole && std::isfinite(value)) return value + 0.0;  // no -0
    const std::string& column = header_[fields_];
    if (text.empty()) {
      throw Problem(here(), column, "is empty (every row needs a number) fill it in");
    }
    throw Problem(here(), column,
                  fmt::format("\"{}\" is not a {} (numbers look like 0.25 or 1e-3) correct it",
                              shown(text), whole ? "finite number" : "number"));
  }

  std::shared_ptr<const std::string> file_;
  std::vector<TableColumn> columns_;
  TableData table_;
  std::vector<std::string> header_;
  std::vector<long> slot_;  // place in columns_ by column of the file, -1 where ignored
  bool has_header_ = false;
  size_t fields_ = 0, rows_ = 0;
  unsigned line_ = 0;
  std::exception_ptr problem_;
};

}  // namespace

std::vector<TableColumn> table_columns(std::string_view written) {
  std::vector<TableColumn> columns;
  for (const std::string& column : split_columns(written)) columns.push_back(column_of(column));
  return columns;
}

std::string columns_in_words(const Table& table) {
  std::string text;
  for (const TableColumn& column : table_columns(table.columns)) {
    const char* what = column.text && column.optional ? " (text, may be absent)"
                       : column.text                  ? " (text)"
                       : column.optional              ? " (may be absent)"
                                                      : "";
    text += (text.empty() ? "" : ", ") + column.name + what;
  }
  return text;
}

std::vector<std::string> split_columns(std::string_view columns) {
  std::vector<std::string> names;
  for (size_t at = 0; at <= columns.size();) {
    const size_t comma = std::min(columns.find(',', at), columns.size());
    names.emplace_back(columns.substr(at, comma - at));
    at = comma + 1;
  }
  return names;
}

TableData read_table(const std::string& path, const std::vector<std::string>& columns) {
  const Place place{std::make_shared<const std::string>(path), 0, 0};
  return parse_table(input::read_bytes(path, place, max_table_bytes), path, columns);
}

TableData parse_table(std::string_view bytes, const std::string& name,
                      const std::vector<std::string>& columns) {
  TableData table = TableReader(name, columns).read(input::utf8_text(bytes, name));
  table.digest = input::sha256(bytes);
  return table;
}

}  // namespace chasm
