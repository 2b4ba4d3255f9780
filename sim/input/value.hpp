#pragma once

// A TOML document as read: values in the order of the file, each with the place it was written at.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace chasm::input {

// Where something was written, lines and columns from 1. A command-line setting has no lines (0), a
// table no columns.
struct Place {
  std::shared_ptr<const std::string> file;
  unsigned line = 0, column = 0;
};

// "study.toml:3:7", or "--set seed=x".
std::string to_string(const Place&);

struct Value;
struct Entry;

// Keys in the order in which they were written.
class Tree {
 public:
  Tree();
  Tree(const Tree&);
  Tree(Tree&&) noexcept;
  Tree& operator=(Tree) noexcept;
  ~Tree();

  size_t size() const;
  bool empty() const { return size() == 0; }
  const Entry* begin() const;
  const Entry* end() const;
  const Entry* find(std::string_view key) const;
  Entry* find(std::string_view key);
  // Appends, or replaces the entry of that key where it stands.
  Entry& set(Entry entry);
  void erase(std::string_view key);
  // By the order of their keys in `order`; others after them, as they stood.
  void sort_by(const std::vector<std::string>& order);

 private:
  void index();

  std::vector<Entry> entries_;
  std::unordered_map<std::string, size_t> at_;
};

// A date or time as it stands in the file; `plain_date` says that it is a date alone.
struct Moment {
  std::string text;
  bool plain_date = false;
};

using Array = std::vector<Value>;

struct Value {
  std::variant<bool, int64_t, double, std::string, Moment, Array, Tree> data;
  Place place;

  template <class T>
  const T* get() const {
    return std::get_if<T>(&data);
  }
  template <class T>
  T* get() {
    return std::get_if<T>(&data);
  }
};

struct Entry {
  std::string key;
  Place place;
  Value value;
};

// "a whole number", "a text", "a table"...: what the value is, for messages.
std::string kind_of(const Value&);

}  // namespace chasm::input
