#pragma once

// The content digest: SHA-256 of a manifest, a text that says everything a result file means and nothing about how
// HDF5 laid it out. Two results are the same result exactly when their digests agree. docs/file-format.md, "Content
// digest", defines every line, and tests/readers/ computes it a second time from that page alone.

#include <hdf5.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chasm {

// What the root may say differently in equal results: the digest itself, code version and commit.
bool outside_digest(std::string_view root_attribute);

// Of the values of a variable: their bytes, little-endian, in the order that the page defines; or texts.
std::string values_digest(const void* bytes, uint64_t count);
std::string values_digest(const std::vector<std::string>& texts);

struct Manifest {
  std::string text;
  std::vector<std::pair<std::string, std::string>>
      values;  // path of a variable, digest of its values

  std::string digest() const;  // "sha256:..."
};

// Walks an open file. Values whose digests are in `known` (by path) are not read. Memory is a few megabytes.
// Throws Hdf5Error, InputError (without a path) on what no version of the format holds.
Manifest read_manifest(hid_t file, const std::map<std::string, std::string>& known = {});

}  // namespace chasm
