#include <algorithm>

#include <fmt/format.h>

#include "sim/input/toml.hpp"

namespace chasm::input {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string key_text(std::string_view key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
  return bare ? std::string(key) : quoted(key);
}

std::string number_text(double number) {
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".einf") == std::string::npos) text += ".0";
  return text;
}

bool is_list_of_tables(const Value& value) {
  const Array* array = value.get<Array>();
  return array != nullptr && !array->empty() &&
         std::all_of(array->begin(), array->end(),
                     [](const Value& v) { return v.get<Tree>() != nullptr; });
}

void write_entries(std::string& out, const Tree& tree) {
  for (const Entry& entry : tree) {
    out += fmt::format("{} = {}\n", key_text(entry.key), write_value(entry.value));
  }
}

void write_section(std::string& out, const Entry& section) {
  const Tree& tree = *section.value.get<Tree>();
  const bool named = section.key == "interventions" || section.key == "arms";
  if (!named) {
    out += fmt::format("\n[{}]\n", key_text(section.key));
    write_entries(out, tree);
    return;
  }
  for (const Entry& entry : tree) {
    out += fmt::format("\n[{}.{}]\n", key_text(section.key), key_text(entry.key));
    if (const Tree* inner = entry.value.get<Tree>()) write_entries(out, *inner);
  }
}

}  // namespace

std::string write_value(const Value& value) {
  struct Text {
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(int64_t i) const { return fmt::format("{}", i); }
    std::string operator()(double d) const { return number_text(d); }
    std::string operator()(const std::string& s) const { return quoted(s); }
    std::string operator()(const Moment& m) const { return m.text; }
    std::string operator()(const Array& array) const {
      std::string out = "[";
      for (const Value& element : array) {
        if (out.size() > 1) out += ", ";
        out += write_value(element);
      }
      return out + "]";
    }
    std::string operator()(const Tree& tree) const {
      if (tree.empty()) return "{}";
      std::string out = "{ ";
      for (const Entry& entry : tree) {
        if (out.size() > 2) out += ", ";
        out += fmt::format("{} = {}", key_text(entry.key), write_value(entry.value));
      }
      return out + " }";
    }
  };
  return std::visit(Text{}, value.data);
}

std::string write_toml(const Tree& root) {
  std::string out;
  for (const Entry& entry : root) {
    if (entry.value.get<Tree>() == nullptr && !is_list_of_tables(entry.value)) {
      out += fmt::format("{} = {}\n", key_text(entry.key), write_value(entry.value));
    }
  }
  for (const Entry& entry : root) {
    if (entry.value.get<Tree>() != nullptr) {
      write_section(out, entry);
    } else if (is_list_of_tables(entry.value)) {
      for (const Value& element : *entry.value.get<Array>()) {
        out += fmt::format("\n[[{}]]\n", key_text(entry.key));
        write_entries(out, *element.get<Tree>());
      }
    }
  }
  return out;
}

}  // namespace chasm::input
