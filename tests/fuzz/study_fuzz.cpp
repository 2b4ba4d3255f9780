// Study files: any bytes are a study or an InputError; what is accepted comes back from its own text.

#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "sim/error.hpp"
#include "sim/input/study_file.hpp"
#include "tests/input/toy_model.hpp"

namespace {

void require(bool holds, const char* what, const std::string& text) {
  if (holds) return;
  std::cerr << what << "\n" << text << "\n";
  std::abort();
}

// A first line "#! key=value" is a setting of the command line.
chasm::ReadOptions options_of(std::string_view text) {
  chasm::ReadOptions options;
  options.models = chasm::toy::models();
  options.base_dir = "/nonexistent";
  if (text.starts_with("#! ")) options.sets.emplace_back(text.substr(3, text.find('\n') - 3));
  return options;
}

void check_message(const std::string& message) {
  require(!message.empty() && message.size() < 100000, "message without bounds", message);
  for (const char c : message) {
    require(c == '\n' || static_cast<unsigned char>(c) >= 0x20, "control character in a message",
            message);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  chasm::ReadOptions options = options_of(text);
  std::string resolved;
  try {
    resolved = chasm::parse_study(text, "fuzz.toml", options).text;
  } catch (const chasm::InputError& error) {
    check_message(error.what());
    return 0;
  }
  options.sets.clear();
  try {
    require(chasm::parse_study(resolved, "text", options).text == resolved, "text changes",
            resolved);
  } catch (const chasm::InputError& error) {
    require(false, error.what(), resolved);
  }
  return 0;
}
