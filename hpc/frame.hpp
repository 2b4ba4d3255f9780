#pragma once

// The frame of a journal: its header as bytes, and checksums (XXH3-128, https://xxhash.com).

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace chasm {

struct Checksum {
  uint64_t low = 0, high = 0;
  friend bool operator==(const Checksum&, const Checksum&) = default;
};
Checksum checksum(std::span<const unsigned char>);

enum class FrameKind : uint32_t { identity = 1, block = 2 };

struct FrameHeader {
  FrameKind kind = FrameKind::block;
  uint64_t offset = 0;  // of the frame in its file: a copy elsewhere is not a frame
  uint64_t tag = 0;     // tag_of(Identity)
  uint64_t block = 0;
  uint64_t worlds = 0;
  uint64_t failed = 0;
  uint64_t length = 0;  // of the payload
  Checksum payload;
};

inline constexpr size_t frame_header_bytes = 96;
inline constexpr std::array<unsigned char, 8> frame_magic{0xC7, 'c', 'h', 'a', 's', 'm', 'J', '1'};

using FrameBytes = std::array<unsigned char, frame_header_bytes>;
FrameBytes encode(const FrameHeader&);
// None unless magic, checksum and offset agree.
std::optional<FrameHeader> decode_frame(std::span<const unsigned char, frame_header_bytes>,
                                        uint64_t offset);

}  // namespace chasm
