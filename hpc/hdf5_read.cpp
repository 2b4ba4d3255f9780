#include "hpc/hdf5_read.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "hpc/file.hpp"

namespace chasm {

namespace {

constexpr uint64_t most_attribute_bytes = 16u << 20;
constexpr uint64_t most_chunk_bytes = 16u << 20;
constexpr uint64_t most_entries = 100000;

[[noreturn]] void refuse(const std::string& what) { throw InputError(what); }

// Names as chasm writes them; anything else could not stand in a manifest.
void check_name(const std::string& name) {
  const bool plain =
      std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 127; });
  if (name.empty() || name.size() > 1000 || !plain) refuse("a name in it is not one of chasm's");
}

std::vector<HdfEntry> list(hid_t group, H5_index_t index) {
  H5G_info_t info;
  hdf5(H5Gget_info(group, &info), "read a group");
  if (info.nlinks > most_entries) refuse("a group has too many entries");
  std::vector<HdfEntry> found;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const auto length =
        hdf5(H5Lget_name_by_idx(group, ".", index, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT),
             "read a name");
    std::string name(static_cast<size_t>(length), '\0');
    hdf5(H5Lget_name_by_idx(group, ".", index, H5_ITER_INC, i, name.data(), name.size() + 1,
                            H5P_DEFAULT),
         "read a name");
    check_name(name);
    H5L_info_t link;
    hdf5(H5Lget_info(group, name.c_str(), &link, H5P_DEFAULT), "read a link");
    // A soft or external link may lead anywhere on this machine.
    if (link.type != H5L_TYPE_HARD) refuse("'" + name + "' is a link");
    const Hid object = hdf5(H5Oopen(group, name.c_str(), H5P_DEFAULT), H5Oclose, "open an object");
    const H5I_type_t kind = H5Iget_type(object);
    if (kind != H5I_GROUP && kind != H5I_DATASET) refuse("'" + name + "' is no variable or group");
    found.push_back({name, kind == H5I_GROUP});
  }
  return found;
}

extern "C" herr_t keep_attribute_name(hid_t, const char* name, const H5A_info_t*, void* names) {
  auto& all = *static_cast<std::vector<std::string>*>(names);
  if (all.size() >= most_entries) return -1;
  all.emplace_back(name);
  return 0;
}

bool belongs_to_hdf5(const std::string& name) {
  static constexpr std::array names = {"CLASS",          "NAME",          "REFERENCE_LIST",
                                       "DIMENSION_LIST", "_Netcdf4Dimid", "_Netcdf4Coordinates",
                                       "_NCProperties"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string trimmed(const char* text, size_t length) { return {text, strnlen(text, length)}; }

// Texts of one space, fixed or variable; `read` is H5Aread or H5Dread for this object.
template <class Read>
std::vector<std::string> texts(hid_t type, hid_t space, uint64_t count, Read read) {
  std::vector<std::string> out;
  if (count == 0) return out;
  if (hdf5(H5Tis_variable_str(type), "read a text type") == 0) {
    const size_t length = H5Tget_size(type);
    std::vector<char> bytes(length * count);
    read(bytes.data());
    for (uint64_t i = 0; i < count; ++i) out.push_back(trimmed(bytes.data() + i * length, length));
    return out;
  }
  std::vector<char*> pointers(count, nullptr);
  // Also where reading failed half way.
  const auto free_texts = [&] { H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data()); };
  try {
    read(pointers.data());
    for (const char* text : pointers) out.emplace_back(text == nullptr ? "" : text);
  } catch (...) {
    free_texts();
    throw;
  }
  free_texts();
  return out;
}

uint64_t points(hid_t space) {
  return static_cast<uint64_t>(hdf5(H5Sget_simple_extent_npoints(space), "read a shape"));
}

HdfAttribute read_attribute(hid_t object, const std::string& name) {
  const Hid attribute =
      hdf5(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
  const Hid type = hdf5(H5Aget_type(attribute), H5Tclose, "read an attribute's type");
  const Hid space = hdf5(H5Aget_space(attribute), H5Sclose, "read an attribute's shape");
  HdfAttribute out{name, type_name(type), points(space), {}, {}};
  const size_t size = H5Tget_size(type);
  if (out.count > most_attribute_bytes / std::max<size_t>(size, 1))
    refuse("attribute '" + name + "' is too large");
  if (out.type == "str") {
    out.texts = texts(type, space, out.count,
                      [&](void* to) { hdf5(H5Aread(attribute, type, to), "read an attribute"); });
  } else if (out.count > 0) {
    out.bytes.resize(out.count * size);
    hdf5(H5Aread(attribute, type, out.bytes.data()), "read an attribute");
  }
  return out;
}

extern "C" herr_t keep_scale_name(hid_t, unsigned, hid_t scale, void* to) {
  std::array<char, 1024> path{};
  if (H5Iget_name(scale, path.data(), path.size()) < 0) return -1;
  const std::string_view whole(path.data());
  *static_cast<std::string*>(to) = whole.substr(whole.rfind('/') + 1);
  return 1;
}

void read_dimensions(HdfVariable& variable, const std::string& name) {
  variable.is_scale = hdf5(H5DSis_scale(variable.dataset), "read a dimension") > 0;
  if (variable.is_scale) {
    std::array<char, 128> text{};
    hdf5(H5DSget_scale_name(variable.dataset, text.data(), text.size() - 1), "read a dimension");
    variable.is_bare_dimension =
        std::string_view(text.data()).starts_with("This is a netCDF dimension but not");
    if (variable.shape.size() != 1) refuse("dimension '" + name + "' has no one length");
    variable.dimensions = {name};
    return;
  }
  for (unsigned axis = 0; axis < variable.shape.size(); ++axis) {
    std::string dimension;
    if (H5DSget_num_scales(variable.dataset, axis) != 1) refuse("'" + name + "' lacks a dimension");
    hdf5(H5DSiterate_scales(variable.dataset, axis, nullptr, keep_scale_name, &dimension),
         "read a dimension");
    check_name(dimension);
    variable.dimensions.push_back(dimension);
  }
}

// a * b, or the largest number where that is larger still.
uint64_t capped_product(uint64_t a, uint64_t b) {
  uint64_t product;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<uint64_t>::max() : product;
}

uint64_t little_endian(const unsigned char* from) {
  uint64_t value = 0;
  for (int i = 7; i >= 0; --i) value = value << 8 | from[i];
  return value;
}

}  // namespace

HdfHead read_head(const std::string& path) {
  constexpr std::array<unsigned char, 8> signature = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  const File file = File::open(path);
  if (!file.is_open()) throw Hdf5Error("it vanished");
  std::array<unsigned char, 48> head{};
  const size_t length = file.read(0, head);
  HdfHead out;
  out.bytes = file.size();
  out.is_hdf5 =
      length >= signature.size() && std::equal(signature.begin(), signature.end(), head.begin());
  // Superblock versions 2 and 3, with addresses of eight bytes.
  if (out.is_hdf5 && length < head.size()) out.should_be = head.size();
  if (length == head.size() && (head[8] == 2 || head[8] == 3) && head[9] == 8)
    out.should_be = little_endian(head.data() + 28);
  return out;
}

Hid open_for_reading(const std::string& path) {
  prepare_hdf5();
  const Hid access = file_access(false);
  return hdf5(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), H5Fclose, "open the file");
}

std::vector<HdfEntry> entries(hid_t group) {
  std::vector<HdfEntry> found = list(group, H5_INDEX_NAME);
  std::sort(found.begin(), found.end(),
            [](const HdfEntry& a, const HdfEntry& b) { return a.name < b.name; });
  return found;
}

std::vector<HdfEntry> entries_as_made(hid_t group) {
  const Hid properties = hdf5(H5Gget_create_plist(group), H5Pclose, "read a group");
  unsigned order = 0;
  hdf5(H5Pget_link_creation_order(properties, &order), "read a group's order");
  return list(group, (order & H5P_CRT_ORDER_INDEXED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME);
}

std::string type_name(hid_t type) {
  const H5T_class_t kind = H5Tget_class(type);
  if (kind == H5T_STRING) return "str";
  struct Known {
    hid_t type;
    const char* name;
  };
  const Known known[] = {{H5T_STD_U8LE, "u8"},
                         {H5T_STD_U16LE, "u16"},
                         {H5T_STD_U32LE, "u32"},
                         {H5T_STD_U64LE, "u64"},
                         {H5T_STD_I8LE, "i8"},
                         {H5T_STD_I16LE, "i16"},
                         {H5T_STD_I32LE, "i32"},
                         {H5T_STD_I64LE, "i64"},
                         {H5T_IEEE_F32LE, "f32"},
                         {H5T_IEEE_F64LE, "f64"},
                         {H5T_IEEE_F32BE, "f32-big-endian"}};
  for (const Known& candidate : known)
    if (H5Tequal(type, candidate.type) > 0) return candidate.name;
  refuse("it holds values of a type that chasm does not write");
}

size_t bytes_of(const std::string& type) {
  if (type.ends_with("64")) return 8;
  if (type.ends_with("32")) return 4;
  if (type.ends_with("16")) return 2;
  return 1;
}

std::vector<HdfAttribute> attributes(hid_t object) {
  std::vector<std::string> names;
  hdf5(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, keep_attribute_name, &names),
       "list attributes");
  std::sort(names.begin(), names.end());
  std::vector<HdfAttribute> out;
  for (const std::string& name : names) {
    if (belongs_to_hdf5(name)) continue;
    check_name(name);
    out.push_back(read_attribute(object, name));
  }
  return out;
}

bool has_attribute(hid_t object, const std::string& name) {
  return hdf5(H5Aexists(object, name.c_str()), "look for an attribute") > 0;
}

std::string text_attribute(hid_t object, const std::string& name) {
  if (!has_attribute(object, name)) return "";
  const HdfAttribute attribute = read_attribute(object, name);
  if (attribute.texts.size() != 1) refuse("attribute '" + name + "' is no text");
  return attribute.texts[0];
}

uint64_t natural_attribute(hid_t object, const std::string& name) {
  if (!has_attribute(object, name)) refuse("attribute '" + name + "' is missing");
  const HdfAttribute attribute = read_attribute(object, name);
  const bool whole = attribute.type[0] == 'u' || attribute.type[0] == 'i';
  if (!whole || attribute.count != 1) refuse("attribute '" + name + "' is no whole number");
  uint64_t value = 0;
  std::memcpy(&value, attribute.bytes.data(), attribute.bytes.size());
  const auto bits = 8 * attribute.bytes.size();
  if (attribute.type[0] == 'i' && ((value >> (bits - 1)) & 1) != 0)
    refuse("attribute '" + name + "' is negative");
  return value;
}

int64_t integer_attribute(hid_t object, const std::string& name) {
  const uint64_t value = natural_attribute(object, name);
  if (value > static_cast<uint64_t>(std::numeric_limits<int64_t>::max()))
    refuse("attribute '" + name + "' is too large");
  return static_cast<int64_t>(value);
}

HdfVariable open_variable(hid_t group, const std::string& name) {
  HdfVariable variable;
  variable.dataset = hdf5(H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose, "open a variable");
  const Hid type = hdf5(H5Dget_type(variable.dataset), H5Tclose, "read a variable's type");
  variable.type = type_name(type);
  const Hid space = hdf5(H5Dget_space(variable.dataset), H5Sclose, "read a variable's shape");
  const int rank = hdf5(H5Sget_simple_extent_ndims(space), "read a variable's shape");
  std::vector<hsize_t> shape(static_cast<size_t>(rank));
  hdf5(H5Sget_simple_extent_dims(space, shape.data(), nullptr), "read a variable's shape");
  variable.shape.assign(shape.begin(), shape.end());
  const Hid properties =
      hdf5(H5Dget_create_plist(variable.dataset), H5Pclose, "read a variable's layout");
  const H5D_layout_t layout = H5Pget_layout(properties);
  if (layout == H5D_CHUNKED) {
    std::vector<hsize_t> chunk(static_cast<size_t>(rank));
    hdf5(H5Pget_chunk(properties, rank, chunk.data()), "read a variable's chunks");
    variable.chunk.assign(chunk.begin(), chunk.end());
  } else if (layout != H5D_CONTIGUOUS || H5Pget_external_count(properties) != 0) {
    refuse("'" + name + "' is not stored the way chasm does it");
  }
  read_dimensions(variable, name);
  if (variable.type == "f32-big-endian" && !variable.is_bare_dimension)
    refuse("it holds values of a type that chasm does not write");
  return variable;
}

void check_storage(const HdfVariable& variable, uint64_t file_bytes) {
  if (variable.is_bare_dimension) return;
  if (variable.chunk.empty()) {
    uint64_t bytes = variable.type == "str" ? 16 : bytes_of(variable.type);
    for (const uint64_t size : variable.shape) bytes = capped_product(bytes, size);
    if (bytes > file_bytes || H5Dget_storage_size(variable.dataset) != bytes)
      refuse("values are missing");
    return;
  }
  if (variable.type == "str") refuse("it holds texts of fixed length");
  uint64_t chunk_bytes = bytes_of(variable.type), chunks = 1;
  for (size_t axis = 0; axis < variable.shape.size(); ++axis) {
    chunk_bytes = capped_product(chunk_bytes, variable.chunk[axis]);
    chunks = capped_product(
        chunks, (variable.shape[axis] + variable.chunk[axis] - 1) / variable.chunk[axis]);
  }
  if (chunk_bytes > most_chunk_bytes) refuse("a chunk is too large");
  // A checksum alone takes four bytes.
  if (chunks > file_bytes / 4) refuse("values are missing");
  std::vector<hsize_t> at(variable.shape.size(), 0);
  for (uint64_t i = 0; i < chunks; ++i) {
    unsigned skipped_filters = 0;
    haddr_t address = HADDR_UNDEF;
    hsize_t size = 0;
    hdf5(H5Dget_chunk_info_by_coord(variable.dataset, at.data(), &skipped_filters, &address, &size),
         "find a chunk");
    if (address == HADDR_UNDEF || size == 0) refuse("values are missing");
    if (skipped_filters != 0) refuse("a chunk lacks its checksum");
    if (size > file_bytes || address > file_bytes - size)
      refuse("a chunk lies beyond the file's end");
    if (size > 2 * chunk_bytes + 1024) refuse("a chunk is too large");
    for (size_t axis = at.size(); axis-- > 0;) {
      at[axis] += variable.chunk[axis];
      if (at[axis] < variable.shape[axis]) break;
      at[axis] = 0;
    }
  }
}

std::vector<std::string> read_texts(const HdfVariable& variable, uint64_t at_most) {
  const Hid type = hdf5(H5Dget_type(variable.dataset), H5Tclose, "read a variable's type");
  const Hid space = hdf5(H5Dget_space(variable.dataset), H5Sclose, "read a variable's shape");
  const uint64_t count = points(space);
  if (variable.type != "str" || count > at_most) refuse("texts are expected where there are none");
  return texts(type, space, count, [&](void* to) {
    hdf5(H5Dread(variable.dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, to), "read texts");
  });
}

void read_slab(const HdfVariable& variable, const std::vector<uint64_t>& offset,
               const std::vector<uint64_t>& count, void* to) {
  const Hid type = hdf5(H5Dget_type(variable.dataset), H5Tclose, "read a variable's type");
  const std::vector<hsize_t> at(offset.begin(), offset.end()), extent(count.begin(), count.end());
  const Hid file = hdf5(H5Dget_space(variable.dataset), H5Sclose, "read a variable's shape");
  const int rank = static_cast<int>(extent.size());
  const Hid memory =
      hdf5(rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, extent.data(), nullptr),
           H5Sclose, "make a space");
  if (rank > 0)
    hdf5(H5Sselect_hyperslab(file, H5S_SELECT_SET, at.data(), nullptr, extent.data(), nullptr),
         "choose a part of a variable");
  hdf5(H5Dread(variable.dataset, type, memory, file, H5P_DEFAULT, to), "read values");
}

}  // namespace chasm
