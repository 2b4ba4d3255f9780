#include "hpc/messages.hpp"

#include <bit>

#include "hpc/bytes.hpp"

namespace chasm {

namespace {

void put(ByteWriter& to, const std::vector<uint64_t>& numbers) {
  to.number<uint64_t>(numbers.size());
  to.numbers(numbers, [](uint64_t x) { return x; });
}

std::vector<uint64_t> get_numbers(ByteReader& from) {
  const auto raw = from.array(from.number<uint64_t>(), sizeof(uint64_t));
  std::vector<uint64_t> numbers(raw.size() / sizeof(uint64_t));
  for (size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = read_little_endian<uint64_t>(&raw[sizeof(uint64_t) * i]);
  return numbers;
}

void put(ByteWriter& to, const Hello& hello) {
  to.text(hello.host);
  to.number(hello.slots);
  to.bytes(hello.identity);
}
void put(ByteWriter& to, const CannotStart& problem) {
  to.byte(problem.bad_input);
  to.text(problem.text);
}
void put(ByteWriter& to, const Report& report) {
  put(to, report.committed);
  put(to, report.failed);
  to.number(report.wanted);
  to.number(std::bit_cast<uint64_t>(report.idle));
  to.byte(report.asked_to_stop);
}
void put(ByteWriter& to, const Bye& bye) {
  to.byte(bye.bad_input);
  to.text(bye.problem);
}
void put(ByteWriter& to, const Begin& begin) { to.text(begin.journal); }
void put(ByteWriter& to, const Blocks& blocks) { put(to, blocks.blocks); }
void put(ByteWriter&, const End&) {}
void put(ByteWriter&, const Alive&) {}
void put(ByteWriter&, const Leave&) {}

Hello get_hello(ByteReader& from, size_t size) {
  Hello hello;
  hello.host = from.text();
  hello.slots = from.number<uint64_t>();
  // The kind, the length of the host's name, the name, the slots: the rest is the identity.
  const auto rest = from.bytes(size - 1 - 8 - hello.host.size() - 8);
  hello.identity.assign(rest.begin(), rest.end());
  return hello;
}

Report get_report(ByteReader& from) {
  Report report;
  report.committed = get_numbers(from);
  report.failed = get_numbers(from);
  if (report.failed.size() != report.committed.size()) throw BadBytes("a report is malformed");
  report.wanted = from.number<uint64_t>();
  report.idle = std::bit_cast<double>(from.number<uint64_t>());
  report.asked_to_stop = from.byte() != 0;
  return report;
}

// By the number that variant::index() gave.
Message get(ByteReader& from, size_t size) {
  switch (from.byte()) {
    case 0:
      return get_hello(from, size);
    case 1: {
      const bool bad_input = from.byte() != 0;
      return CannotStart{bad_input, from.text()};
    }
    case 2:
      return get_report(from);
    case 3: {
      const bool bad_input = from.byte() != 0;
      return Bye{bad_input, from.text()};
    }
    case 4:
      return Begin{from.text()};
    case 5:
      return Blocks{get_numbers(from)};
    case 6:
      return End{};
    case 7:
      return Alive{};
    case 8:
      return Leave{};
    default:
      throw BadBytes("it is no message");
  }
}

}  // namespace

std::vector<unsigned char> encode(const Message& message) {
  ByteWriter to;
  to.byte(static_cast<uint8_t>(message.index()));
  std::visit([&](const auto& each) { put(to, each); }, message);
  return to.take();
}

Message decode_message(std::span<const unsigned char> bytes) {
  ByteReader from(bytes);
  Message message = get(from, bytes.size());
  from.end();
  return message;
}

}  // namespace chasm
