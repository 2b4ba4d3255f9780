#include "app/build_info.hpp"

#include <Eigen/src/Core/util/Macros.h>
#include <csv.h>
#include <fmt/format.h>
#include <hdf5.h>
#include <omp.h>
#include <openssl/crypto.h>
#include <toml++/impl/version.h>
#include <xxhash.h>
#include <CLI/Version.hpp>
#include <boost/version.hpp>

#include <nlohmann/json.hpp>

#include "hpc/journal.hpp"
#include "hpc/read_result.hpp"
#include "hpc/this_code.hpp"
#ifdef CHASM_HAS_MPI
#include "hpc/mpi/mpi_mailbox.hpp"
#endif
#include "kernels/cuda.hpp"
#include "models/models.hpp"
#include "sim/model.hpp"
#include "sim/processor.hpp"
#include "sim/random.hpp"

namespace chasm {

namespace {

std::string hdf5_version() {
  unsigned major = 0, minor = 0, release = 0;
  H5get_libversion(&major, &minor, &release);
  return fmt::format("{}.{}.{}", major, minor, release);
}

// XXH and FMT write a version as one number: major * 10,000 + minor * 100 + release.
std::string dotted(unsigned number) {
  return fmt::format("{}.{}.{}", number / 10000, number / 100 % 100, number % 100);
}

// OpenMP names a version by its month: https://www.openmp.org/specifications/
std::string openmp_version() {
  switch (_OPENMP) {
    case 201511:
      return "4.5";
    case 201811:
      return "5.0";
    case 202011:
      return "5.1";
    case 202111:
      return "5.2";
    case 202411:
      return "6.0";
    default:
      return std::to_string(_OPENMP);
  }
}

std::vector<std::string> instruction_sets() {
  std::vector<std::string> sets;
  for (const char* isa : {"plain", "avx2", "avx512"})
    if (processor_runs(isa)) sets.emplace_back(isa);
  return sets;
}

std::vector<std::pair<std::string, std::string>> parts_left_out() {
  std::vector<std::pair<std::string, std::string>> parts;
  if (cuda_build().empty())
    parts.emplace_back("CUDA", "no CUDA toolkit was found when it was configured");
#ifndef CHASM_HAS_MPI
  parts.emplace_back("MPI", "use chasm run --shard k/N");
#endif
  return parts;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> libraries() {
  std::vector<std::pair<std::string, std::string>> used = {
      {"Boost", fmt::format("{}.{}.{}", BOOST_VERSION / 100000, BOOST_VERSION / 100 % 1000,
                            BOOST_VERSION % 100)},
      {"CLI11", CLI11_VERSION},
      {"Eigen",
       fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION)},
      {"fmt", dotted(FMT_VERSION)},
      {"HDF5", hdf5_version()},
      {"libcsv", fmt::format("{}.{}.{}", CSV_MAJOR, CSV_MINOR, CSV_RELEASE)},
#ifdef CHASM_HAS_MPI
      {"MPI", mpi_library()},
#endif
      {"nlohmann-json", fmt::format("{}.{}.{}", NLOHMANN_JSON_VERSION_MAJOR,
                                    NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)},
      {"OpenMP", openmp_version()},
      {"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
      {"toml++", fmt::format("{}.{}.{}", TOML_LIB_MAJOR, TOML_LIB_MINOR, TOML_LIB_PATCH)},
      {"xxHash", dotted(XXH_versionNumber())},
  };
  if (!cuda_build().empty()) used.insert(used.begin() + 2, {"CUDA", cuda_build()});
  return used;
}

std::string compiler() {
#if defined(__clang__)
  return "clang++ " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

std::string build_options() { return CHASM_BUILD_OPTIONS; }

std::string version_text() {
  const CodeIdentity& code = this_code();
  std::string text = fmt::format("chasm {} (commit {})\n", code.version,
                                 code.commit.empty() ? "unknown" : code.commit);
  text += fmt::format("compiler       {}, {}\n", compiler(), build_options());
  text += fmt::format("processor      runs {}\n", fmt::join(instruction_sets(), ", "));
  text += "models        ";
  for (const Model* model : models()) text += fmt::format(" {} {}", model->name, model->version);
  text += fmt::format("\nformats        result file {}, random addresses {}\n",
                      result_format_version, random_address_version);
  for (const auto& [name, version] : libraries()) text += fmt::format("{:<14} {}\n", name, version);
  for (const auto& [name, reason] : parts_left_out())
    text += fmt::format("{:<14} not in this build ({})\n", name, reason);
  return text;
}

std::string version_json() {
  nlohmann::ordered_json out;
  out["version"] = this_code().version;
  out["commit"] = this_code().commit;
  out["compiler"] = compiler();
  out["build"] = build_options();
  out["instruction_sets"] = instruction_sets();
  for (const Model* model : models()) out["models"][std::string(model->name)] = model->version;
  out["result_format"] = result_format_version;
  out["random_addresses"] = random_address_version;
  for (const auto& [name, version] : libraries()) out["libraries"][name] = version;
  for (const auto& [name, reason] : parts_left_out()) out["left_out"][name] = reason;
  return out.dump(2) + "\n";
}

}  // namespace chasm
