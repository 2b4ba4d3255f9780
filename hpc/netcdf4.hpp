#pragma once

// Writes HDF5 files that are netCDF-4 files: what netCDF, h5netcdf and R expect of names, dimension scales, order,
// fill values and strings. Equal calls make equal bytes: no times, no addresses that depend on anything else.
// All members throw Hdf5Error.

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hpc/hdf5.hpp"

namespace chasm {

enum class NcType { u8, u16, u32, i32, i64, u64, f32, f64 };

template <class T>
struct NcTypeOf;
template <>
struct NcTypeOf<uint8_t> {
  static constexpr NcType value = NcType::u8;
};
template <>
struct NcTypeOf<uint16_t> {
  static constexpr NcType value = NcType::u16;
};
template <>
struct NcTypeOf<uint32_t> {
  static constexpr NcType value = NcType::u32;
};
template <>
struct NcTypeOf<int32_t> {
  static constexpr NcType value = NcType::i32;
};
template <>
struct NcTypeOf<int64_t> {
  static constexpr NcType value = NcType::i64;
};
template <>
struct NcTypeOf<uint64_t> {
  static constexpr NcType value = NcType::u64;
};
template <>
struct NcTypeOf<float> {
  static constexpr NcType value = NcType::f32;
};
template <>
struct NcTypeOf<double> {
  static constexpr NcType value = NcType::f64;
};

// Little-endian in the file, the machine's own in memory.
hid_t file_type(NcType);
hid_t memory_type(NcType);

// What all groups and variables of one file share.
struct NcShared {
  int dimensions = 0;  // numbered through the file
  std::map<std::string, std::string>
      digests;  // of values, by path: from memory, before the disk had them
};

// Something that carries attributes.
class NcObject {
 public:
  // UTF-8. Empty text leaves the attribute out.
  void attribute(const std::string& name, std::string_view text);
  void attribute(const std::string& name, const char* text) {
    attribute(name, std::string_view(text));
  }
  template <class T>
  void attribute(const std::string& name, std::span<const T> values) {
    numbers(name, NcTypeOf<T>::value, values.size(), values.data());
  }
  template <class T>
    requires(requires { NcTypeOf<T>::value; })
  void attribute(const std::string& name, T value) {
    numbers(name, NcTypeOf<T>::value, 1, &value);
  }

 protected:
  explicit NcObject(Hid id) : id_(std::move(id)) {}
  NcObject() = default;
  Hid id_;

 private:
  void numbers(const std::string& name, NcType, uint64_t count, const void* values);
};

struct NcDimension {
  std::string name;
  uint64_t size = 0;
  std::shared_ptr<const Hid> scale;
};

struct NcLayout {
  std::vector<uint64_t> chunk;  // empty: the whole variable
  bool deflate = false;         // shuffle and deflate 1 before the checksum
  bool fill = false;            // _FillValue NaN; floating point only
};

class NcVariable : public NcObject {
 public:
  NcVariable() = default;
  // A hyperslab of `count` at `offset`; values of the variable's type in row-major order.
  void write(const std::vector<uint64_t>& offset, const std::vector<uint64_t>& count,
             const void* values);
  // All values at once.
  void write(const void* values);
  // The digest of all values (hpc/digest.hpp), where they are not written at once.
  void record_digest(const std::string& digest) { shared_->digests[path_] = digest; }
  void close() { id_.close("close a variable"); }

 private:
  friend class NcGroup;
  NcVariable(Hid id, std::string path, NcType type, std::vector<uint64_t> shape,
             std::shared_ptr<NcShared> shared)
      : NcObject(std::move(id)),
        path_(std::move(path)),
        type_(type),
        shape_(std::move(shape)),
        shared_(std::move(shared)) {}
  std::string path_;
  NcType type_ = NcType::u8;
  std::vector<uint64_t> shape_;
  std::shared_ptr<NcShared> shared_;
};

class NcGroup : public NcObject {
 public:
  NcGroup group(const std::string& name);

  // A dimension without values.
  NcDimension dimension(const std::string& name, uint64_t size);
  // A dimension that has values of its own, and the variable for them.
  std::pair<NcDimension, NcVariable> coordinate(const std::string& name, uint64_t size, NcType,
                                                const NcLayout& = {});
  NcDimension coordinate(const std::string& name, const std::vector<std::string>& values,
                         std::string_view long_name);

  NcVariable variable(const std::string& name, NcType, const std::vector<NcDimension>&,
                      const NcLayout& = {});
  // A variable that is written at once.
  template <class T>
  NcVariable variable(const std::string& name, const NcDimension& dimension,
                      const std::vector<T>& values, const NcLayout& layout = {}) {
    NcVariable v = variable(name, NcTypeOf<T>::value, {dimension}, layout);
    v.write(values.data());
    return v;
  }
  NcVariable variable(const std::string& name, const NcDimension&,
                      const std::vector<std::string>& values);
  // One text without a dimension.
  NcVariable variable(const std::string& name, const std::string& text);

 protected:
  NcGroup(Hid id, std::string path, std::shared_ptr<NcShared> shared)
      : NcObject(std::move(id)), path_(std::move(path)), shared_(std::move(shared)) {}
  NcGroup() = default;

 private:
  NcVariable create(const std::string& name, NcType, const std::vector<uint64_t>& shape,
                    const NcLayout&);
  NcVariable create_strings(const std::string& name, const std::vector<uint64_t>& shape,
                            const std::vector<std::string>& values);
  NcDimension scale(const std::string& name, uint64_t size, const Hid& dataset, bool has_values);

  std::string path_;  // ends with a slash
  std::shared_ptr<NcShared> shared_;
};

class NcFile {
 public:
  // Overwrites.
  explicit NcFile(const std::string& path);
  NcGroup& root() { return root_; }
  hid_t id() const { return file_; }
  // Of every variable that was written whole, and of those that said theirs.
  const std::map<std::string, std::string>& digests() const { return shared_->digests; }
  // Everything made from this file must be gone by now. Throws also where closing any of it failed.
  void close();

 private:
  struct Root : NcGroup {
    Root() = default;
    Root(Hid id, std::shared_ptr<NcShared> shared)
        : NcGroup(std::move(id), "/", std::move(shared)) {}
    void close() { id_.close("close the root group"); }
  };
  unsigned long failures_ = Hid::failures();
  std::shared_ptr<NcShared> shared_ = std::make_shared<NcShared>();
  Hid file_;
  Root root_;
};

}  // namespace chasm
