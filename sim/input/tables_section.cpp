#include <filesystem>

#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/table_file.hpp"
#include "sim/input/text_file.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

void read_entry(Draft& draft, const Item& item) {
  std::vector<std::string> known;
  for (const Table& table : draft.model.tables) {
    known.emplace_back(table.name);
    if (item.name() != table.name) continue;
    Item path = item;
    std::string digest;
    if (const Tree* tree = item.value->get<Tree>()) {
      const Fields fields(*tree, item.path, table_keys(), draft.problems);
      const auto written = fields.find("path");
      if (!written)
        throw Problem(item.key, item.path, "has no path (a CSV file) add path = \"...\"");
      path = *written;
      if (const auto wanted = fields.find("sha256")) digest = text_of(*wanted);
    }
    draft.study.setting.tables[table.name] =
        read_study_table(draft, path, digest, split_columns(table.columns));
    return;
  }
  throw Problem(item.key, item.path,
                known.empty()
                    ? fmt::format("unknown table ({} reads none) remove it", draft.model.name)
                    : fmt::format("unknown table of {} ({})", draft.model.name,
                                  suggestion(item.name(), known)));
}

// Sizes follow the tables; one that the study gives too must be the same.
void fit_size(Draft& draft, const Item& tables, size_t index, long held) {
  const Size& size = draft.model.sizes[index];
  long& now = draft.study.setting.sizes[index];
  if (const auto given = section(draft, "setting")) {
    for (const Item& entry : entries_of(*given)) {
      if (entry.name() != size.name) continue;
      if (now != held)
        throw Problem(entry.value->place, entry.path,
                      fmt::format("{} is not what the tables hold ({} {}) leave it out, or correct "
                                  "the tables",
                                  now, held, size.name));
      return;
    }
  }
  if (held < size.low || held > size.high)
    throw Problem(tables.key, tables.path,
                  fmt::format("hold {} {} ({} is {} to {}) give tables within that", held,
                              size.name, size.name, size.low, size.high));
  now = held;
}

void fit_sizes(Draft& draft, const Item& tables) {
  if (draft.model.sizes_of_tables == nullptr) return;
  const std::vector<long> held = draft.model.sizes_of_tables(draft.study.setting);
  for (size_t i = 0; i < held.size(); ++i)
    if (held[i] >= 0) draft.problems.collect([&] { fit_size(draft, tables, i, held[i]); });
}

}  // namespace

void read_tables(Draft& draft) {
  const std::optional<Item> item = section(draft, "tables");
  if (!item) return;
  for (const Item& entry : entries_of(*item)) {
    draft.problems.collect([&] { read_entry(draft, entry); });
  }
  if (draft.problems.none()) fit_sizes(draft, *item);
}

TableData read_study_table(const Draft& draft, const Item& item, const std::string& wanted,
                           const std::vector<std::string>& columns) {
  const std::string& written = text_of(item);
  if (written.empty()) refuse(item, "is empty (a CSV file is needed) name one");
  const auto parse = [&](std::string_view bytes, const std::string& path,
                         const std::string& digest) {
    TableData table = parse_table(bytes, path, columns);
    table.path = written;
    table.digest = digest;
    return table;
  };
  const std::string path =
      (std::filesystem::path(draft.options.base_dir) / written).lexically_normal().string();
  std::string found;
  try {
    const std::string bytes = read_bytes(path, item.value->place, max_table_bytes);
    found = sha256(bytes);
    if (wanted.empty() || found == wanted) return parse(bytes, path, found);
  } catch (const Problem&) {
    // The table that stands at the path is the one asked for, or none is.
    if (wanted.empty() || found == wanted) throw;
  }
  for (const std::string& other : draft.options.table_files) {
    const std::string bytes = read_bytes(other, item.value->place, max_table_bytes);
    if (sha256(bytes) == wanted) return parse(bytes, other, wanted);
  }
  refuse(item,
         found.empty()
             ? fmt::format("\"{}\" is not there (the study needs the table with SHA-256 {}) give "
                           "that file",
                           shown(path), shown(wanted))
             : fmt::format("\"{}\" is another file than the study's (SHA-256 {}, not {}) give the "
                           "original, or remove sha256",
                           shown(path), found, shown(wanted)));
}

}  // namespace chasm::input
