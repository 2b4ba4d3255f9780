#pragma once

#include <gtest/gtest.h>

#include <string>

#include "sim/error.hpp"

namespace chasm::testing {

// What an InputError says; "" where nothing was thrown.
template <class Action>
std::string refusal(Action action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

inline void expect_says(const std::string& message, std::initializer_list<const char*> parts) {
  for (const char* part : parts)
    EXPECT_NE(message.find(part), std::string::npos) << "no \"" << part << "\" in: " << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

}  // namespace chasm::testing
