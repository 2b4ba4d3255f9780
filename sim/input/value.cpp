#include "sim/input/value.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace chasm::input {

std::string to_string(const Place& place) {
  const std::string name = place.file ? *place.file : "";
  if (place.line == 0) return name;
  if (place.column == 0) return fmt::format("{}:{}", name, place.line);
  return fmt::format("{}:{}:{}", name, place.line, place.column);
}

Tree::Tree() = default;
Tree::Tree(const Tree&) = default;
Tree::Tree(Tree&&) noexcept = default;
Tree::~Tree() = default;

Tree& Tree::operator=(Tree other) noexcept {
  entries_.swap(other.entries_);
  at_.swap(other.at_);
  return *this;
}

size_t Tree::size() const { return entries_.size(); }
const Entry* Tree::begin() const { return entries_.data(); }
const Entry* Tree::end() const { return entries_.data() + entries_.size(); }

const Entry* Tree::find(std::string_view key) const {
  const auto at = at_.find(std::string(key));
  return at == at_.end() ? nullptr : &entries_[at->second];
}

Entry* Tree::find(std::string_view key) {
  return const_cast<Entry*>(std::as_const(*this).find(key));
}

Entry& Tree::set(Entry entry) {
  const auto [at, fresh] = at_.try_emplace(entry.key, entries_.size());
  if (fresh) return entries_.emplace_back(std::move(entry));
  return entries_[at->second] = std::move(entry);
}

void Tree::erase(std::string_view key) {
  const auto at = at_.find(std::string(key));
  if (at == at_.end()) return;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at->second));
  index();
}

void Tree::sort_by(const std::vector<std::string>& order) {
  std::unordered_map<std::string_view, size_t> rank;
  for (size_t i = 0; i < order.size(); ++i) rank.try_emplace(order[i], i);
  const auto rank_of = [&](const Entry& entry) {
    const auto at = rank.find(entry.key);
    return at == rank.end() ? order.size() : at->second;
  };
  std::stable_sort(entries_.begin(), entries_.end(),
                   [&](const Entry& a, const Entry& b) { return rank_of(a) < rank_of(b); });
  index();
}

void Tree::index() {
  at_.clear();
  for (size_t i = 0; i < entries_.size(); ++i) at_.emplace(entries_[i].key, i);
}

std::string kind_of(const Value& value) {
  struct Name {
    std::string operator()(bool) const { return "a truth value"; }
    std::string operator()(int64_t) const { return "a whole number"; }
    std::string operator()(double) const { return "a number"; }
    std::string operator()(const std::string&) const { return "a text"; }
    std::string operator()(const Moment& m) const { return m.plain_date ? "a date" : "a time"; }
    std::string operator()(const Array&) const { return "a list"; }
    std::string operator()(const Tree&) const { return "a table"; }
  };
  return std::visit(Name{}, value.data);
}

}  // namespace chasm::input
