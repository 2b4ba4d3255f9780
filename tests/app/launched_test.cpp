// Which process of a machine this is, from what launchers set.

#include "app/launched.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

namespace chasm {
namespace {

// The variables of a launcher, and no other's, while it lives.
class Variables {
 public:
  explicit Variables(std::map<std::string, std::string> values) : values_(std::move(values)) {
    for (const char* other :
         {"OMPI_COMM_WORLD_LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALRANKID",
          "MPI_LOCALNRANKS", "SLURM_LOCALID", "SLURM_STEP_TASKS_PER_NODE", "SLURM_NODEID"})
      unsetenv(other);
    for (const auto& [name, value] : values_) setenv(name.c_str(), value.c_str(), 1);
  }
  ~Variables() {
    for (const auto& [name, value] : values_) unsetenv(name.c_str());
  }

 private:
  std::map<std::string, std::string> values_;
};

void expect_process(std::map<std::string, std::string> values, int number, int count) {
  const Variables variables(std::move(values));
  EXPECT_EQ(this_process().number, number);
  EXPECT_EQ(this_process().count, count);
}

TEST(ThisProcess, IsAloneWithoutALauncher) { expect_process({}, 0, 1); }

TEST(ThisProcess, OfMpirun) {
  expect_process({{"OMPI_COMM_WORLD_LOCAL_RANK", "3"}, {"OMPI_COMM_WORLD_LOCAL_SIZE", "4"}}, 3, 4);
  expect_process({{"MPI_LOCALRANKID", "1"}, {"MPI_LOCALNRANKS", "2"}}, 1, 2);
}

TEST(ThisProcess, OfSrunOnEachNode) {
  const std::string tasks = "4(x2),1,2";
  const auto on = [&](const char* node, const char* local, int number, int count) {
    expect_process(
        {{"SLURM_LOCALID", local}, {"SLURM_NODEID", node}, {"SLURM_STEP_TASKS_PER_NODE", tasks}},
        number, count);
  };
  on("0", "3", 3, 4);
  on("1", "2", 2, 4);
  on("2", "0", 0, 1);
  on("3", "1", 1, 2);
}

TEST(ThisProcess, IsAloneWhereVariablesContradictEachOther) {
  expect_process({{"SLURM_LOCALID", "0"}}, 0, 1);
  expect_process(
      {{"SLURM_LOCALID", "1"}, {"SLURM_NODEID", "0"}, {"SLURM_STEP_TASKS_PER_NODE", "1"}}, 0, 1);
  expect_process(
      {{"SLURM_LOCALID", "1"}, {"SLURM_NODEID", "5"}, {"SLURM_STEP_TASKS_PER_NODE", "2(x2)"}}, 0,
      1);
  expect_process(
      {{"SLURM_LOCALID", "1"}, {"SLURM_NODEID", "0"}, {"SLURM_STEP_TASKS_PER_NODE", "2(xzz"}}, 0,
      1);
}

}  // namespace
}  // namespace chasm
