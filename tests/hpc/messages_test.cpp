#include "hpc/messages.hpp"

#include <gtest/gtest.h>

#include "hpc/bytes.hpp"

namespace chasm {
namespace {

std::vector<Message> examples() {
  Report report;
  report.committed = {3, 1, 4};
  report.failed = {0, 2, 0};
  report.wanted = 7;
  report.idle = 0.125;
  report.asked_to_stop = true;
  return {Hello{"node7", 12, {1, 2, 3}},
          Hello{"", 1, {}},
          CannotStart{true, "why"},
          report,
          Bye{false, "disk full"},
          Begin{"r.h5.journal/x.journal"},
          Blocks{{5, 6}},
          End{},
          Alive{},
          Leave{}};
}

TEST(Messages, ComeBackAsTheyWere) {
  for (const Message& message : examples()) {
    const auto bytes = encode(message);
    const Message back = decode_message(bytes);
    EXPECT_EQ(back.index(), message.index());
    EXPECT_EQ(encode(back), bytes);
  }
  const auto report = std::get<Report>(decode_message(encode(examples()[3])));
  EXPECT_EQ(report.committed, (std::vector<uint64_t>{3, 1, 4}));
  EXPECT_EQ(report.failed, (std::vector<uint64_t>{0, 2, 0}));
  EXPECT_EQ(report.wanted, 7u);
  EXPECT_EQ(report.idle, 0.125);
  EXPECT_TRUE(report.asked_to_stop);
  const auto hello = std::get<Hello>(decode_message(encode(examples()[0])));
  EXPECT_EQ(hello.identity, (std::vector<unsigned char>{1, 2, 3}));
  EXPECT_EQ(hello.host, "node7");
}

TEST(Messages, WhatIsNoneIsRefused) {
  EXPECT_THROW(decode_message({}), BadBytes);
  EXPECT_THROW(decode_message(std::vector<unsigned char>{99}), BadBytes);
  for (const Message& message : examples()) {
    auto bytes = encode(message);
    // A hello ends with bytes of any number.
    const bool open_end = std::holds_alternative<Hello>(message);
    for (size_t size = 0; size < bytes.size() && !open_end; ++size)
      EXPECT_THROW(decode_message(std::span(bytes).first(size)), BadBytes) << message.index();
    bytes.push_back(0);
    if (open_end) continue;
    EXPECT_THROW(decode_message(bytes), BadBytes) << message.index();
  }
  const auto hello = encode(examples()[0]);
  for (size_t size = 1; size < 20; ++size)
    EXPECT_THROW(decode_message(std::span(hello).first(size)), BadBytes) << size;
}

}  // namespace
}  // namespace chasm
