#pragma once

// Reads what chasm's result files are made of, and refuses everything else that HDF5 can hold.
// Functions throw Hdf5Error and InputError without the file's path; callers add it.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hpc/hdf5.hpp"

namespace chasm {

// What a file's first bytes say, read without the library.
struct HdfHead {
  bool is_hdf5 = false;
  uint64_t bytes = 0;                 // of the file
  std::optional<uint64_t> should_be;  // bytes that the file says it has
};
// Throws SystemError where the file cannot be read.
HdfHead read_head(const std::string& path);

Hid open_for_reading(const std::string& path);

struct HdfEntry {
  std::string name;
  bool is_group = false;
};
// Ascending by the bytes of their names.
std::vector<HdfEntry> entries(hid_t group);
// In the order in which they were made, where the file tells it.
std::vector<HdfEntry> entries_as_made(hid_t group);

// "u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "f32", "f64" (all little-endian) or "str".
std::string type_name(hid_t type);

struct HdfAttribute {
  std::string name;
  std::string type;
  uint64_t count = 0;
  std::vector<unsigned char> bytes;  // numbers, little-endian
  std::vector<std::string> texts;    // of type "str"
};
// Ascending by name, without those that HDF5 and netCDF keep for themselves.
std::vector<HdfAttribute> attributes(hid_t object);

bool has_attribute(hid_t object, const std::string& name);
// "" where there is none.
std::string text_attribute(hid_t object, const std::string& name);
// Throws InputError where it is missing, no number, or does not fit.
int64_t integer_attribute(hid_t object, const std::string& name);
uint64_t natural_attribute(hid_t object, const std::string& name);

struct HdfVariable {
  Hid dataset;
  std::string type;
  std::vector<std::string> dimensions;
  std::vector<uint64_t> shape;
  std::vector<uint64_t> chunk;     // empty where the values lie in one piece
  bool is_scale = false;           // a dimension
  bool is_bare_dimension = false;  // a dimension without values
};
HdfVariable open_variable(hid_t group, const std::string& name);

// Every value is in the file, every piece within its first `file_bytes` bytes, and no piece is larger than chasm
// makes them. Without this a few bytes could claim a world of memory.
void check_storage(const HdfVariable&, uint64_t file_bytes);

// The values of a text variable; `at_most` of them are accepted.
std::vector<std::string> read_texts(const HdfVariable&, uint64_t at_most);

// A hyperslab as it is in the file, in row-major order.
void read_slab(const HdfVariable&, const std::vector<uint64_t>& offset,
               const std::vector<uint64_t>& count, void* to);

// Bytes of one value of a number type.
size_t bytes_of(const std::string& type);

}  // namespace chasm
