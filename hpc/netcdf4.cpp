#include "hpc/netcdf4.hpp"

#include <hdf5_hl.h>

#include <cmath>
#include <cstdio>
#include <limits>

#include "hpc/digest.hpp"

namespace chasm {

namespace {

using Sizes = std::vector<hsize_t>;

Sizes sizes_of(const std::vector<uint64_t>& from) { return {from.begin(), from.end()}; }

// netCDF wants everything in the order in which it was made; without it, it cannot append to the file.
constexpr unsigned creation_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

// Attributes stay in the object's header: a heap for more than eight of them costs kilobytes a variable.
void object_properties(hid_t properties) {
  hdf5(H5Pset_attr_creation_order(properties, creation_order), "order attributes");
  hdf5(H5Pset_attr_phase_change(properties, 256, 0), "keep attributes in the header");
  hdf5(H5Pset_obj_track_times(properties, false), "leave times out");
}

Hid group_properties(hid_t kind) {
  Hid properties = hdf5(H5Pcreate(kind), H5Pclose, "describe a group");
  hdf5(H5Pset_link_creation_order(properties, creation_order), "order a group");
  object_properties(properties);
  return properties;
}

Hid space_of(const Sizes& shape) {
  if (shape.empty()) return hdf5(H5Screate(H5S_SCALAR), H5Sclose, "make a scalar space");
  return hdf5(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose,
              "make a space");
}

Hid text_type(size_t length) {
  Hid type = hdf5(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  hdf5(H5Tset_size(type, length), "set the length of a text");
  hdf5(H5Tset_cset(type, H5T_CSET_UTF8), "set a text to UTF-8");
  hdf5(H5Tset_strpad(type, length == H5T_VARIABLE ? H5T_STR_NULLTERM : H5T_STR_NULLPAD),
       "set the padding of a text");
  return type;
}

void set_fill(hid_t properties, NcType type) {
  if (type == NcType::f32) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    hdf5(H5Pset_fill_value(properties, H5T_NATIVE_FLOAT, &nan), "set a fill value");
  } else {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    hdf5(H5Pset_fill_value(properties, H5T_NATIVE_DOUBLE, &nan), "set a fill value");
  }
}

}  // namespace

hid_t file_type(NcType type) {
  switch (type) {
    case NcType::u8:
      return H5T_STD_U8LE;
    case NcType::u16:
      return H5T_STD_U16LE;
    case NcType::u32:
      return H5T_STD_U32LE;
    case NcType::i32:
      return H5T_STD_I32LE;
    case NcType::i64:
      return H5T_STD_I64LE;
    case NcType::u64:
      return H5T_STD_U64LE;
    case NcType::f32:
      return H5T_IEEE_F32LE;
    case NcType::f64:
      return H5T_IEEE_F64LE;
  }
  return H5I_INVALID_HID;
}

hid_t memory_type(NcType type) {
  switch (type) {
    case NcType::u8:
      return H5T_NATIVE_UINT8;
    case NcType::u16:
      return H5T_NATIVE_UINT16;
    case NcType::u32:
      return H5T_NATIVE_UINT32;
    case NcType::i32:
      return H5T_NATIVE_INT32;
    case NcType::i64:
      return H5T_NATIVE_INT64;
    case NcType::u64:
      return H5T_NATIVE_UINT64;
    case NcType::f32:
      return H5T_NATIVE_FLOAT;
    case NcType::f64:
      return H5T_NATIVE_DOUBLE;
  }
  return H5I_INVALID_HID;
}

void NcObject::attribute(const std::string& name, std::string_view text) {
  if (text.empty()) return;
  const Hid type = text_type(text.size());
  const Hid space = space_of({});
  const Hid attribute = hdf5(H5Acreate2(id_, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT),
                             H5Aclose, "make an attribute");
  hdf5(H5Awrite(attribute, type, text.data()), "write an attribute");
}

void NcObject::numbers(const std::string& name, NcType type, uint64_t count, const void* values) {
  const Hid space = space_of({count});
  const Hid attribute =
      hdf5(H5Acreate2(id_, name.c_str(), file_type(type), space, H5P_DEFAULT, H5P_DEFAULT),
           H5Aclose, "make an attribute");
  hdf5(H5Awrite(attribute, memory_type(type), values), "write an attribute");
}

void NcVariable::write(const std::vector<uint64_t>& offset, const std::vector<uint64_t>& count,
                       const void* values) {
  const Sizes at = sizes_of(offset), extent = sizes_of(count);
  const Hid memory = space_of(extent);
  const Hid file = hdf5(H5Dget_space(id_), H5Sclose, "read a variable's shape");
  if (!extent.empty())
    hdf5(H5Sselect_hyperslab(file, H5S_SELECT_SET, at.data(), nullptr, extent.data(), nullptr),
         "choose a part of a variable");
  hdf5(H5Dwrite(id_, memory_type(type_), memory, file, H5P_DEFAULT, values), "write values");
}

void NcVariable::write(const void* values) {
  write(std::vector<uint64_t>(shape_.size(), 0), shape_, values);
  uint64_t bytes = H5Tget_size(file_type(type_));
  for (const uint64_t size : shape_) bytes *= size;
  record_digest(values_digest(values, bytes));
}

NcGroup NcGroup::group(const std::string& name) {
  const Hid properties = group_properties(H5P_GROUP_CREATE);
  return {hdf5(H5Gcreate2(id_, name.c_str(), H5P_DEFAULT, properties, H5P_DEFAULT), H5Gclose,
               "make a group"),
          path_ + name + "/", shared_};
}

NcVariable NcGroup::create(const std::string& name, NcType type, const std::vector<uint64_t>& shape,
                           const NcLayout& layout) {
  const Hid properties = hdf5(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "describe a variable");
  object_properties(properties);
  if (layout.fill) set_fill(properties, type);
  const Sizes chunk = sizes_of(layout.chunk.empty() ? shape : layout.chunk);
  if (!chunk.empty()) {
    hdf5(H5Pset_chunk(properties, static_cast<int>(chunk.size()), chunk.data()), "set chunks");
    if (layout.deflate) {
      hdf5(H5Pset_shuffle(properties), "set the shuffle filter");
      hdf5(H5Pset_deflate(properties, 1), "set the deflate filter");
    }
    hdf5(H5Pset_fletcher32(properties), "set the checksum filter");
  }
  // Chunks are written whole and once, so they go straight to the file.
  const Hid access = hdf5(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose, "set access to a variable");
  hdf5(H5Pset_chunk_cache(access, 1, 0, 1.0), "switch a chunk cache off");
  const Hid space = space_of(sizes_of(shape));
  NcVariable variable(
      hdf5(H5Dcreate2(id_, name.c_str(), file_type(type), space, H5P_DEFAULT, properties, access),
           H5Dclose, "make a variable"),
      path_ + name, type, shape, shared_);
  if (layout.fill && type == NcType::f32)
    variable.attribute("_FillValue", std::numeric_limits<float>::quiet_NaN());
  if (layout.fill && type == NcType::f64)
    variable.attribute("_FillValue", std::numeric_limits<double>::quiet_NaN());
  return variable;
}

// Of variable length: a string variable of fixed length crashes libnetcdf 4.9.0.
NcVariable NcGroup::create_strings(const std::string& name, const std::vector<uint64_t>& shape,
                                   const std::vector<std::string>& values) {
  const Hid properties = hdf5(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "describe a variable");
  object_properties(properties);
  const Hid type = text_type(H5T_VARIABLE);
  const Hid space = space_of(sizes_of(shape));
  Hid dataset =
      hdf5(H5Dcreate2(id_, name.c_str(), type, space, H5P_DEFAULT, properties, H5P_DEFAULT),
           H5Dclose, "make a text variable");
  std::vector<const char*> pointers;
  pointers.reserve(values.size());
  for (const std::string& value : values) pointers.push_back(value.c_str());
  hdf5(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "write texts");
  // Values without chunks wait in the library, and an error at the close that a destructor makes would be lost.
  hdf5(H5Dflush(dataset), "write texts");
  shared_->digests[path_ + name] = values_digest(values);
  return {std::move(dataset), path_ + name, NcType::u8, shape, shared_};
}

NcDimension NcGroup::scale(const std::string& name, uint64_t size, const Hid& dataset,
                           bool has_values) {
  char text[80];
  std::snprintf(text, sizeof text, "This is a netCDF dimension but not a netCDF variable. %10llu",
                static_cast<unsigned long long>(size));
  hdf5(H5DSset_scale(dataset, has_values ? name.c_str() : text), "make a dimension scale");
  const Hid space = space_of({});
  const Hid attribute =
      hdf5(H5Acreate2(dataset, "_Netcdf4Dimid", H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT),
           H5Aclose, "number a dimension");
  const int number = shared_->dimensions++;
  hdf5(H5Awrite(attribute, H5T_NATIVE_INT, &number), "number a dimension");
  return {name, size,
          std::make_shared<const Hid>(
              hdf5(H5Oopen(id_, name.c_str(), H5P_DEFAULT), H5Oclose, "open a dimension"))};
}

NcDimension NcGroup::dimension(const std::string& name, uint64_t size) {
  const Hid properties = hdf5(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "describe a dimension");
  object_properties(properties);
  const Hid space = space_of({size});
  const Hid dataset = hdf5(
      H5Dcreate2(id_, name.c_str(), H5T_IEEE_F32BE, space, H5P_DEFAULT, properties, H5P_DEFAULT),
      H5Dclose, "make a dimension");
  return scale(name, size, dataset, false);
}

std::pair<NcDimension, NcVariable> NcGroup::coordinate(const std::string& name, uint64_t size,
                                                       NcType type, const NcLayout& layout) {
  NcVariable values = create(name, type, {size}, layout);
  NcDimension dimension = scale(name, size, values.id_, true);
  return {std::move(dimension), std::move(values)};
}

NcDimension NcGroup::coordinate(const std::string& name, const std::vector<std::string>& values,
                                std::string_view long_name) {
  NcVariable variable = create_strings(name, {values.size()}, values);
  variable.attribute("long_name", long_name);
  return scale(name, values.size(), variable.id_, true);
}

NcVariable NcGroup::variable(const std::string& name, NcType type,
                             const std::vector<NcDimension>& dimensions, const NcLayout& layout) {
  std::vector<uint64_t> shape;
  for (const NcDimension& dimension : dimensions) shape.push_back(dimension.size);
  NcVariable variable = create(name, type, shape, layout);
  for (unsigned axis = 0; axis < dimensions.size(); ++axis)
    hdf5(H5DSattach_scale(variable.id_, *dimensions[axis].scale, axis), "attach a dimension");
  return variable;
}

NcVariable NcGroup::variable(const std::string& name, const NcDimension& dimension,
                             const std::vector<std::string>& values) {
  NcVariable variable = create_strings(name, {values.size()}, values);
  hdf5(H5DSattach_scale(variable.id_, *dimension.scale, 0), "attach a dimension");
  return variable;
}

NcVariable NcGroup::variable(const std::string& name, const std::string& text) {
  return create_strings(name, {}, {text});
}

NcFile::NcFile(const std::string& path) {
  prepare_hdf5();
  const Hid properties = group_properties(H5P_FILE_CREATE);
  const Hid access = file_access(true);
  file_ = hdf5(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, properties, access), H5Fclose, "make a file");
  root_ = Root(hdf5(H5Gopen2(file_, "/", H5P_DEFAULT), H5Gclose, "open the root group"), shared_);
}

void NcFile::close() {
  root_.close();
  file_.close("close the file");
  if (Hid::failures() != failures_)
    throw Hdf5Error("close a variable: HDF5 could not write all of it");
}

}  // namespace chasm
