#include "sim/input/fields.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "sim/nearest.hpp"

namespace chasm::input {

Fields::Fields(const Tree& tree, std::string path, std::span<const Key> keys, Problems& problems,
               const Reason& reason)
    : tree_(tree), path_(std::move(path)) {
  std::vector<std::string> known;
  for (const Key& key : keys) known.emplace_back(key.name);
  for (const Entry& entry : tree) {
    if (problems.full()) break;
    if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
    std::string why = reason ? reason(entry.key) : std::string();
    if (why.empty()) why = fmt::format("unknown key ({})", suggestion(entry.key, known));
    problems.add(entry.place, item_of(entry, path_).path, why);
  }
}

std::optional<Item> Fields::find(std::string_view key) const {
  const Entry* entry = tree_.find(key);
  if (entry == nullptr) return std::nullopt;
  return item_of(*entry, path_);
}

}  // namespace chasm::input
