#pragma once

// Numbers to bytes and back, little-endian whatever the machine.

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace chasm {

template <class T>
T read_little_endian(const unsigned char* from) {
  using U = std::make_unsigned_t<T>;
  U value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<U>(value | (static_cast<U>(from[i]) << (8 * i)));
  }
  return static_cast<T>(value);
}

template <class T>
void write_little_endian(T value, unsigned char* to) {
  for (size_t i = 0; i < sizeof(T); ++i) {
    to[i] = static_cast<unsigned char>(static_cast<std::make_unsigned_t<T>>(value) >> (8 * i));
  }
}

class ByteWriter {
 public:
  void reserve(size_t bytes) { bytes_.reserve(bytes); }
  void byte(uint8_t value) { bytes_.push_back(value); }
  void bytes(std::span<const uint8_t> values) {
    bytes_.insert(bytes_.end(), values.begin(), values.end());
  }
  template <class T>
  void number(T value) {
    write_little_endian(value, extend(sizeof(T)));
  }
  // What `as_number` makes of each value.
  template <class T, class AsNumber>
  void numbers(const std::vector<T>& values, AsNumber as_number) {
    constexpr size_t size = sizeof(as_number(T{}));
    unsigned char* to = extend(size * values.size());
    for (const T value : values) {
      write_little_endian(as_number(value), to);
      to += size;
    }
  }
  void text(std::string_view value) {
    number<uint64_t>(value.size());
    bytes_.insert(bytes_.end(), value.begin(), value.end());
  }
  // Seven bits a byte, the lowest first.
  void count(uint32_t value) {
    while (value >= 0x80) {
      byte(static_cast<uint8_t>(value | 0x80));
      value >>= 7;
    }
    byte(static_cast<uint8_t>(value));
  }
  // Zigzag (0, -1, 1, -2...), then as a count.
  void signed_count(int64_t value) {
    auto rest = (static_cast<uint64_t>(value) << 1) ^ static_cast<uint64_t>(value >> 63);
    while (rest >= 0x80) {
      byte(static_cast<uint8_t>(rest | 0x80));
      rest >>= 7;
    }
    byte(static_cast<uint8_t>(rest));
  }
  std::vector<unsigned char> take() { return std::move(bytes_); }

 private:
  unsigned char* extend(size_t count) {
    const size_t end = bytes_.size();
    bytes_.resize(end + count);
    return bytes_.data() + end;
  }

  std::vector<unsigned char> bytes_;
};

// Bytes that do not say what they should.
class BadBytes : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Hostile bytes are safe: nothing is read or allocated beyond what is there. Throws BadBytes.
class ByteReader {
 public:
  explicit ByteReader(std::span<const unsigned char> bytes) : rest_(bytes) {}

  std::span<const unsigned char> bytes(uint64_t count) {
    if (count > rest_.size()) throw BadBytes("it ends too early");
    const auto taken = rest_.first(static_cast<size_t>(count));
    rest_ = rest_.subspan(static_cast<size_t>(count));
    return taken;
  }
  // `count` values of `size` bytes; the product cannot overflow.
  std::span<const unsigned char> array(uint64_t count, size_t size) {
    if (count > rest_.size() / size) throw BadBytes("it ends too early");
    return bytes(count * size);
  }
  uint8_t byte() { return bytes(1)[0]; }
  template <class T>
  T number() {
    return read_little_endian<T>(bytes(sizeof(T)).data());
  }
  std::string text() {
    const auto raw = bytes(number<uint64_t>());
    return {raw.begin(), raw.end()};
  }
  // Only the shortest form of a number is taken.
  uint32_t count() {
    uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const uint8_t next = byte();
      value |= static_cast<uint64_t>(next & 0x7F) << shift;
      if (value > 0xFFFFFFFFu || (next == 0 && shift > 0)) throw BadBytes("a count is malformed");
      if (next < 0x80) return static_cast<uint32_t>(value);
      if (shift == 28) throw BadBytes("a count is malformed");
    }
  }
  int64_t signed_count() {
    uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const uint8_t next = byte();
      // Of the tenth byte one bit is left.
      if ((next == 0 && shift > 0) || (shift == 63 && next > 1))
        throw BadBytes("a number is malformed");
      value |= static_cast<uint64_t>(next & 0x7F) << shift;
      if (next < 0x80) return static_cast<int64_t>((value >> 1) ^ (0 - (value & 1)));
    }
  }
  void end() const {
    if (!rest_.empty()) throw BadBytes("something follows its end");
  }

 private:
  std::span<const unsigned char> rest_;
};

}  // namespace chasm
