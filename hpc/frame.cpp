#include "hpc/frame.hpp"

#include <xxhash.h>

#include <algorithm>

#include "hpc/bytes.hpp"

namespace chasm {

namespace {

constexpr size_t covered = frame_header_bytes - 16;

}  // namespace

Checksum checksum(std::span<const unsigned char> bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.low64, hash.high64};
}

// magic 8, kind 4, zero 4, offset 8, tag 8, block 8, worlds 8, failed 8, length 8, payload 16, header 16.
FrameBytes encode(const FrameHeader& header) {
  FrameBytes bytes{};
  std::copy(frame_magic.begin(), frame_magic.end(), bytes.begin());
  write_little_endian(static_cast<uint32_t>(header.kind), &bytes[8]);
  const uint64_t fields[] = {header.offset, header.tag,    header.block,       header.worlds,
                             header.failed, header.length, header.payload.low, header.payload.high};
  size_t at = 16;
  for (const uint64_t field : fields) {
    write_little_endian(field, &bytes[at]);
    at += 8;
  }
  const Checksum own = checksum(std::span(bytes).first<covered>());
  write_little_endian(own.low, &bytes[covered]);
  write_little_endian(own.high, &bytes[covered + 8]);
  return bytes;
}

std::optional<FrameHeader> decode_frame(std::span<const unsigned char, frame_header_bytes> bytes,
                                        uint64_t offset) {
  if (!std::equal(frame_magic.begin(), frame_magic.end(), bytes.begin())) return {};
  const auto field = [&](size_t at) { return read_little_endian<uint64_t>(&bytes[at]); };
  const Checksum own = checksum(bytes.first<covered>());
  if (own != Checksum{field(covered), field(covered + 8)}) return {};
  const auto kind = read_little_endian<uint32_t>(&bytes[8]);
  if (kind != static_cast<uint32_t>(FrameKind::identity) &&
      kind != static_cast<uint32_t>(FrameKind::block)) {
    return {};
  }
  FrameHeader header{static_cast<FrameKind>(kind),
                     field(16),
                     field(24),
                     field(32),
                     field(40),
                     field(48),
                     field(56),
                     {field(64), field(72)}};
  if (header.offset != offset) return {};
  return header;
}

}  // namespace chasm
