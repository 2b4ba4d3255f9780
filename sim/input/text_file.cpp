#include "sim/input/text_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "sim/input/problems.hpp"

namespace chasm::input {
namespace {

std::string in_bytes(size_t bytes) {
  return bytes >= 1 << 20 ? fmt::format("{} MB", bytes >> 20) : fmt::format("{} bytes", bytes);
}

[[noreturn]] void refuse_size(const Place& place, const std::string& key, size_t limit) {
  throw Problem(place, key,
                fmt::format("is too large (more than {}) give a smaller file", in_bytes(limit)));
}

// Bytes of the UTF-8 sequence at the start of `text`, 0 where there is none (RFC 3629: shortest
// form, no surrogates, nothing above U+10FFFF).
size_t utf8_length(std::string_view text) {
  const auto byte = [&](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto follows = [&](size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
    return follows(1, low, high) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
    return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string read_bytes(const std::string& path, const Place& place, size_t limit) {
  const std::string key = to_string(place) == path ? "" : path;
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (std::filesystem::is_directory(status)) {
    throw Problem(place, key, "is a folder (a file is needed) name the file in it");
  }
  if (std::filesystem::is_character_file(status) || std::filesystem::is_block_file(status)) {
    throw Problem(place, key, "is a device (a file is needed) name a file");
  }
  errno = 0;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  if (!file) {
    const int code = errno;
    throw Problem(place, key,
                  fmt::format("cannot be opened ({}) check its {}", std::strerror(code),
                              code == EACCES ? "permissions" : "name and folder"));
  }
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > limit) refuse_size(place, key, limit);
  std::string bytes;
  char part[1 << 16];
  size_t got = 0;
  while ((got = std::fread(part, 1, sizeof part, file.get())) > 0) {
    // A pipe has no size.
    if (bytes.size() + got > limit) refuse_size(place, key, limit);
    bytes.append(part, got);
  }
  if (std::ferror(file.get()) != 0) {
    throw Problem(place, key,
                  fmt::format("cannot be read ({}) check the disk", std::strerror(errno)));
  }
  return bytes;
}

std::string_view utf8_text(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  Place place{std::make_shared<const std::string>(file), 1, 1};
  for (size_t i = 0; i < bytes.size();) {
    const size_t length = bytes[i] == 0 ? 0 : utf8_length(bytes.substr(i));
    if (length == 0) {
      const auto byte = static_cast<unsigned char>(bytes[i]);
      throw Problem(
          place, "",
          fmt::format("byte 0x{:02x} is not text (files are UTF-8) save the file as UTF-8", byte));
    }
    if (bytes[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else {
      ++place.column;
    }
    i += length;
  }
  return bytes;
}

std::string sha256(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) != 1) {
    throw SystemError("SHA-256 is not available (OpenSSL refused it) check the OpenSSL set-up");
  }
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

}  // namespace chasm::input
