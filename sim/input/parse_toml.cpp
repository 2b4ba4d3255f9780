#include "sim/input/toml.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#include <toml++/toml.h>

#include "sim/input/problems.hpp"
#include "sim/input/text_file.hpp"
#include "sim/input/toml_guard.hpp"

namespace chasm::input {
namespace {

struct File {
  std::shared_ptr<const std::string> name;
  bool has_lines;
};

Place place_of(const toml::source_position& position, const File& file) {
  if (!file.has_lines) return {file.name, 0, 0};
  return {file.name, position.line, position.column};
}

Value convert(const toml::node& node, const File& file);

Tree convert(const toml::table& table, const File& file) {
  struct Named {
    const toml::key* key;
    const toml::node* node;
  };
  std::vector<Named> named;
  for (const auto& [key, node] : table) named.push_back({&key, &node});
  // toml++ keeps keys in alphabetical order; a study reads them in the order in which they were
  // written.
  std::stable_sort(named.begin(), named.end(), [](const Named& a, const Named& b) {
    const auto x = a.key->source().begin, y = b.key->source().begin;
    return x.line != y.line ? x.line < y.line : x.column < y.column;
  });
  Tree tree;
  for (const auto& [key, node] : named) {
    tree.set({std::string(key->str()), place_of(key->source().begin, file), convert(*node, file)});
  }
  return tree;
}

Value convert(const toml::node& node, const File& file) {
  Value value{false, place_of(node.source().begin, file)};
  const auto moment = [&](const auto& m, bool plain) {
    std::ostringstream text;
    text << m;
    value.data = Moment{text.str(), plain};
  };
  node.visit([&](const auto& n) {
    using Node = std::decay_t<decltype(n)>;
    if constexpr (toml::is_table<Node>) {
      value.data = convert(static_cast<const toml::table&>(n), file);
    } else if constexpr (toml::is_array<Node>) {
      Array array;
      for (const toml::node& element : n) array.push_back(convert(element, file));
      value.data = std::move(array);
    } else if constexpr (toml::is_string<Node>) {
      value.data = std::string(*n);
    } else if constexpr (toml::is_integer<Node>) {
      value.data = static_cast<int64_t>(*n);
    } else if constexpr (toml::is_floating_point<Node>) {
      value.data = static_cast<double>(*n);
    } else if constexpr (toml::is_boolean<Node>) {
      value.data = static_cast<bool>(*n);
    } else {
      moment(*n, toml::is_date<Node>);
    }
  });
  return value;
}

// toml++ opens its descriptions with what it was parsing; one sentence is enough.
std::string sentence(std::string_view description) {
  std::string text;
  for (const char c : description) text += c == '\n' || c == '\r' ? ' ' : c;
  return text;
}

bool bare_word(std::string_view text) {
  if (text == "true" || text == "false" || text == "inf" || text == "nan" || text.empty()) {
    return false;
  }
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return letter(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) {
           return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
         });
}

// A file means the same with Windows line ends, inside of texts of several lines too.
std::string with_unix_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r' || text.substr(i, 2) != "\r\n") out += text[i];
  }
  return out;
}

Tree parse(std::string_view text, const File& file) {
  const std::string utf8 = with_unix_line_ends(utf8_text(text, *file.name));
  guard_toml(utf8, *file.name);
  try {
    return convert(toml::parse(std::string_view(utf8)), file);
  } catch (const toml::parse_error& error) {
    const std::string problem = sentence(error.description());
    const bool too_large = problem.find("not representable") != std::string::npos;
    throw Problem(place_of(error.source().begin, file), "",
                  fmt::format("TOML syntax: {} (see toml.io) {}", problem,
                              too_large ? "write a seed of that size as a text, in quotes"
                                        : "correct this line"));
  }
}

}  // namespace

Tree parse_toml(std::string_view text, const std::string& file) {
  return parse(text, {std::make_shared<const std::string>(file), true});
}

Tree parse_set(const std::string& set) {
  const std::string name = "--set " + shown(set);
  const Place place{std::make_shared<const std::string>(name), 0, 0};
  const size_t equals = set.find('=');
  if (equals == std::string::npos || set.find_first_of("\r\n") != std::string::npos) {
    throw Problem(place, "", "is not 'key=value' (one line) write --set study.seed=7");
  }
  std::string value = set.substr(equals + 1);
  value.erase(0, value.find_first_not_of(" \t"));
  value.erase(value.find_last_not_of(" \t") + 1);
  const std::string text =
      bare_word(value) ? fmt::format("{}=\"{}\"", set.substr(0, equals), value) : set;
  Tree tree;
  try {
    tree = parse(text, {place.file, false});
  } catch (const Problem&) {
    throw Problem(place, "",
                  "is not TOML (keys are dotted, texts need quotes) "
                  "write --set 'study.title=\"a title\"' or --set parameters.name=0.3");
  }
  if (tree.size() != 1)
    throw Problem(place, "", "sets nothing (one key is needed) write key=value");
  return tree;
}

}  // namespace chasm::input
