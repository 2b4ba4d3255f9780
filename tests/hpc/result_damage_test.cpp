// Files that are cut off, damaged, foreign or hostile: each is refused with a message, or its digest tells; none crashes.

#include <gtest/gtest.h>
#include <hdf5.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "hpc/digest.hpp"
#include "hpc/hdf5_read.hpp"
#include "hpc/read_result.hpp"
#include "sim/error.hpp"
#include "tests/hpc/example_study.hpp"
#include "tests/hpc/scratch_folder.hpp"

namespace chasm {
namespace {

namespace fs = std::filesystem;

class Damage : public testing::Test {
 protected:
  void SetUp() override {
    example::write(example::study(options_), path_);
    std::ifstream file(path_, std::ios::binary);
    bytes_.assign(std::istreambuf_iterator<char>(file), {});
    manifest_ = read_manifest(open_for_reading(path_)).text;
  }
  void put(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }
  std::string message() const {
    try {
      const ResultFile result(path_);
    } catch (const InputError& error) {
      return error.what();
    }
    return "it was read";
  }
  // Changes the file with the HDF5 library.
  std::string message_after(const std::function<void(hid_t)>& change) {
    const hid_t file = H5Fopen(path_.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    EXPECT_GE(file, 0);
    change(file);
    EXPECT_GE(H5Fclose(file), 0);
    return message();
  }

  ScratchFolder folder_;
  const example::Options options_ = {
      .arms = 2, .futures = 3, .replications = 2, .keep = Keep::full};
  std::string path_ = folder_ / "r.h5";
  std::string bytes_, manifest_;
};

bool mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(Damage, EveryTruncationIsRefused) {
  const size_t step = bytes_.size() / 150;
  for (size_t length = 0; length < bytes_.size(); length += length < 100 ? 1 : step) {
    put(bytes_.substr(0, length));
    EXPECT_TRUE(mentions(message(), length < 8 ? "no HDF5 file" : "is not whole"))
        << length << ": " << message();
  }
  put(bytes_.substr(0, bytes_.size() - 1));
  EXPECT_TRUE(mentions(message(), "is not whole")) << message();
}

TEST_F(Damage, FlippedBitsAreFoundOrChangeNothing) {
  uint64_t refused = 0, told = 0, harmless = 0;
  // A prime step visits every kind of place, 1/4,000 of all bits.
  for (size_t bit = 1; bit < 8 * bytes_.size(); bit += 4001) {
    std::string damaged = bytes_;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    put(damaged);
    try {
      const ResultFile result(path_);
      if (result.recompute_digest() != result.info().content_digest) {
        ++told;
        continue;
      }
      ++harmless;
      EXPECT_EQ(read_manifest(open_for_reading(path_)).text, manifest_) << "bit " << bit;
      EXPECT_EQ(result.info().code, example::code()) << "bit " << bit;
    } catch (const InputError& error) {
      ++refused;
      EXPECT_TRUE(mentions(error.what(), path_)) << error.what();
    }
  }
  EXPECT_GT(refused, 0u);
  EXPECT_GT(told + harmless, 0u);
}

TEST_F(Damage, FlippedValuesAreAlwaysFound) {
  // The bytes of values as they lie in the file; a checksum stands behind each chunk.
  const auto study = example::study(options_);
  for (uint64_t arm = 0; arm < 2; ++arm) {
    for (uint64_t future = 0; future < 3; ++future) {
      const double value = example::metric(study, 0, arm, future, 0);
      if (value != value) continue;
      const size_t at = bytes_.find(std::string(reinterpret_cast<const char*>(&value), 8));
      ASSERT_NE(at, std::string::npos);
      std::string damaged = bytes_;
      damaged[at + 2] ^= 1;
      put(damaged);
      EXPECT_THROW(
          {
            const ResultFile result(path_);
            result.metric("value", arm, future, 0);
          },
          InputError);
      EXPECT_THROW(ResultFile(path_).recompute_digest(), InputError);
    }
  }
}

TEST_F(Damage, FilesOfOtherKindsAreNamed) {
  put("a text");
  EXPECT_TRUE(mentions(message(), "it is no HDF5 file")) << message();
  put("");
  EXPECT_TRUE(mentions(message(), "it is no HDF5 file")) << message();
  fs::remove(path_);
  EXPECT_TRUE(mentions(message(), "No such file")) << message();
  fs::create_directory(path_);
  EXPECT_TRUE(mentions(message(), "it is not a file")) << message();
  fs::remove(path_);
  H5Fclose(H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  EXPECT_TRUE(mentions(message(), "HDF5 file of something else")) << message();
}

void set_number(hid_t object, const char* name, int value) {
  H5Adelete(object, name);
  const hid_t space = H5Screate(H5S_SCALAR);
  const hid_t attribute = H5Acreate2(object, name, H5T_STD_I32LE, space, H5P_DEFAULT, H5P_DEFAULT);
  H5Awrite(attribute, H5T_NATIVE_INT, &value);
  H5Aclose(attribute);
  H5Sclose(space);
}

TEST_F(Damage, ANewerFormatSaysWhichChasmReadsIt) {
  const std::string text =
      message_after([](hid_t file) { set_number(file, "chasm_format_version", 2); });
  EXPECT_TRUE(mentions(text, "format version 2")) << text;
  EXPECT_TRUE(mentions(text, "use chasm 0.1.0 or newer")) << text;
}

TEST_F(Damage, WhatIsMissingIsNamed) {
  const auto without = [&](const char* name) {
    put(bytes_);
    return message_after([&](hid_t file) { H5Ldelete(file, name, H5P_DEFAULT); });
  };
  EXPECT_TRUE(mentions(without("status"), "'status' is missing")) << message();
  EXPECT_TRUE(mentions(without("failure"), "'failure' is missing")) << message();
  for (const char* name : {"arm", "future", "replication", "provenance", "provenance/study"})
    EXPECT_TRUE(mentions(without(name), "cannot be read")) << name << ": " << message();
  for (const char* name : {"seed", "steps", "model_version", "failed_worlds", "content_digest",
                           "random_address_version", "chasm_format_version"}) {
    put(bytes_);
    const std::string text = message_after([&](hid_t file) { H5Adelete(file, name); });
    EXPECT_TRUE(mentions(text, std::string("'") + name + "' is missing")) << text;
  }
}

TEST_F(Damage, NumbersOutOfRangeAreRefused) {
  EXPECT_TRUE(mentions(message_after([](hid_t file) { set_number(file, "steps", -4); }),
                       "'steps' is negative"));
}

TEST_F(Damage, LinksToElsewhereAreNotFollowed) {
  for (const bool external : {false, true}) {
    put(bytes_);
    const std::string text = message_after([&](hid_t file) {
      H5Ldelete(file, "status", H5P_DEFAULT);
      if (external)
        H5Lcreate_external("/etc/passwd", "/", file, "status", H5P_DEFAULT, H5P_DEFAULT);
      else
        H5Lcreate_soft("/failure", file, "status", H5P_DEFAULT, H5P_DEFAULT);
    });
    EXPECT_TRUE(mentions(text, "'status' is a link")) << text;
  }
}

TEST_F(Damage, HugeClaimsTakeNoMemory) {
  const auto claim = [&](hsize_t length, hsize_t chunk, bool deflate) {
    put(bytes_);
    return message_after([&](hid_t file) {
      const hid_t space = H5Screate_simple(1, &length, nullptr);
      const hid_t properties = H5Pcreate(H5P_DATASET_CREATE);
      if (chunk > 0) H5Pset_chunk(properties, 1, &chunk);
      if (deflate) H5Pset_deflate(properties, 9);
      H5Dclose(H5Dcreate2(file, "huge", H5T_STD_U8LE, space, H5P_DEFAULT, properties, H5P_DEFAULT));
      H5Pclose(properties);
      H5Sclose(space);
    });
  };
  EXPECT_TRUE(mentions(claim(hsize_t{1} << 60, 0, false), "cannot be read")) << message();
  EXPECT_TRUE(mentions(claim(hsize_t{1} << 60, 1 << 20, false), "cannot be read")) << message();
  EXPECT_TRUE(mentions(claim(hsize_t{1} << 31, hsize_t{1} << 31, true), "cannot be read"))
      << message();
  EXPECT_TRUE(mentions(claim(1000, 100, false), "cannot be read")) << message();
}

TEST_F(Damage, AValueThatNoReaderExpectsIsRefused) {
  const std::string text = message_after([](hid_t file) {
    const hid_t type = H5Tcreate(H5T_COMPOUND, 4);
    H5Tinsert(type, "a", 0, H5T_STD_I32LE);
    const hid_t space = H5Screate(H5S_SCALAR);
    H5Dclose(H5Dcreate2(file, "pair", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    H5Sclose(space);
    H5Tclose(type);
  });
  EXPECT_TRUE(mentions(text, "a type that chasm does not write")) << text;
}

}  // namespace
}  // namespace chasm
