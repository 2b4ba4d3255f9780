#include "hpc/digest.hpp"

#include <algorithm>

#include "hpc/hdf5_read.hpp"
#include "hpc/sha256.hpp"
#include "hpc/worlds.hpp"

namespace chasm {

namespace {

constexpr int deepest_group = 8;
constexpr uint64_t slab_bytes = 8u << 20;
constexpr uint64_t most_slab_bytes = 1u << 30;
constexpr uint64_t most_texts = 10'000'000;

// "5:title": text of any content with its end told beforehand.
std::string counted(const std::string& text) { return std::to_string(text.size()) + ":" + text; }

std::string hexadecimal(const std::vector<unsigned char>& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

void describe(const HdfAttribute& attribute, std::string& to) {
  to +=
      "attribute " + attribute.name + " " + attribute.type + " " + std::to_string(attribute.count);
  if (!attribute.bytes.empty()) to.append(" ").append(hexadecimal(attribute.bytes));
  for (const std::string& text : attribute.texts) to.append(" ").append(counted(text));
  to += "\n";
}

uint64_t product(const std::vector<uint64_t>& sizes) {
  uint64_t all = 1;
  for (const uint64_t size : sizes)
    if (__builtin_mul_overflow(all, size, &all)) throw InputError("a variable is too large");
  return all;
}

void add_worlds(const HdfVariable& variable, Sha256& sum) {
  const size_t width = bytes_of(variable.type);
  const WorldShape worlds = world_shape(variable.shape, width);
  const uint64_t a_pair = worlds.arms * worlds.bytes;
  if (a_pair > most_slab_bytes) throw InputError("a variable is too large");
  // Whole chunks where they are of a sensible size; any step gives the same digest.
  const uint64_t at_most = std::max<uint64_t>(1, slab_bytes / a_pair);
  WorldSlabs slabs = world_slabs(worlds, at_most);
  if (!variable.chunk.empty() && variable.chunk[1] * variable.chunk[2] <= at_most)
    slabs = WorldSlabs{worlds, variable.chunk[1], variable.chunk[2]};
  std::vector<unsigned char> in_file, in_order;
  std::vector<uint64_t> offset(variable.shape.size(), 0), count = variable.shape;
  for (uint64_t pair = 0; pair < worlds.pairs();) {
    const uint64_t pairs = slabs.place(pair, offset, count);
    in_file.resize(pairs * a_pair);
    in_order.resize(pairs * a_pair);
    read_slab(variable, offset, count, in_file.data());
    to_world_order(in_file.data(), pairs, worlds, in_order.data());
    sum.add(in_order);
    pair += pairs;
  }
}

void add_rows(const HdfVariable& variable, Sha256& sum) {
  std::vector<uint64_t> offset(variable.shape.size(), 0), count = variable.shape;
  std::vector<unsigned char> bytes;
  const uint64_t rows = variable.shape.empty() ? 1 : variable.shape[0];
  if (product(variable.shape) == 0) return;
  const uint64_t a_row = product(variable.shape) / rows * bytes_of(variable.type);
  if (a_row > most_slab_bytes) throw InputError("a variable is too large");
  uint64_t step = std::max<uint64_t>(1, slab_bytes / a_row);
  if (!variable.chunk.empty() && step > variable.chunk[0]) step -= step % variable.chunk[0];
  for (uint64_t row = 0; row < rows; row += step) {
    const uint64_t now = std::min(step, rows - row);
    if (!offset.empty()) {
      offset[0] = row;
      count[0] = now;
    }
    bytes.resize(now * a_row);
    read_slab(variable, offset, count, bytes.data());
    sum.add(bytes);
  }
}

std::string digest_values(const HdfVariable& variable) {
  if (variable.type == "str") return values_digest(read_texts(variable, most_texts));
  Sha256 sum;
  if (is_world_variable(variable.dimensions))
    add_worlds(variable, sum);
  else
    add_rows(variable, sum);
  return sum.hex();
}

class Walk {
 public:
  Walk(const std::map<std::string, std::string>& known, Manifest& manifest)
      : known_(known), manifest_(manifest) {}

  void group(hid_t id, const std::string& path, int depth) {
    if (depth > deepest_group) throw InputError("its groups are nested too deeply");
    std::string& text = manifest_.text;
    text += "group " + path + "\n";
    for (const HdfAttribute& attribute : attributes(id))
      if (depth > 0 || !outside_digest(attribute.name)) describe(attribute, text);
    const std::vector<HdfEntry> inside = entries(id);
    for (const HdfEntry& entry : inside) {
      if (entry.is_group) continue;
      const HdfVariable variable = open_variable(id, entry.name);
      if (variable.is_scale)
        text += "dimension " + entry.name + " " + std::to_string(variable.shape[0]) + "\n";
    }
    for (const HdfEntry& entry : inside)
      if (!entry.is_group) one(open_variable(id, entry.name), entry.name, path);
    for (const HdfEntry& entry : inside) {
      if (!entry.is_group) continue;
      const Hid child =
          hdf5(H5Gopen2(id, entry.name.c_str(), H5P_DEFAULT), H5Gclose, "open a group");
      group(child, path + entry.name + "/", depth + 1);
    }
  }

 private:
  void one(const HdfVariable& variable, const std::string& name, const std::string& path) {
    if (variable.is_bare_dimension) return;
    std::string& text = manifest_.text;
    text += "variable " + name + " " + variable.type;
    for (size_t axis = 0; axis < variable.shape.size(); ++axis)
      text += " " + variable.dimensions[axis] + "=" + std::to_string(variable.shape[axis]);
    text += "\n";
    for (const HdfAttribute& attribute : attributes(variable.dataset)) describe(attribute, text);
    const auto known = known_.find(path + name);
    const std::string digest = known != known_.end() ? known->second : digest_values(variable);
    text += "values " + digest + "\n";
    manifest_.values.emplace_back(path + name, digest);
  }

  const std::map<std::string, std::string>& known_;
  Manifest& manifest_;
};

}  // namespace

bool outside_digest(std::string_view name) {
  return name == "content_digest" || name == "code_version" || name == "code_commit";
}

std::string values_digest(const void* bytes, uint64_t count) {
  Sha256 sum;
  sum.add({static_cast<const unsigned char*>(bytes), count});
  return sum.hex();
}

std::string values_digest(const std::vector<std::string>& texts) {
  Sha256 sum;
  for (const std::string& text : texts) sum.add(counted(text));
  return sum.hex();
}

std::string Manifest::digest() const {
  Sha256 sum;
  sum.add(text);
  return "sha256:" + sum.hex();
}

Manifest read_manifest(hid_t file, const std::map<std::string, std::string>& known) {
  Manifest manifest;
  const Hid root = hdf5(H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose, "open the root group");
  Walk(known, manifest).group(root, "/", 0);
  return manifest;
}

}  // namespace chasm
