// A disk that is really full: a small tmpfs in a mount namespace of its own, so that nobody else sees it.

#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "tests/faults/small_runs.hpp"

namespace chasm {
namespace {

// "" once this process sees a tmpfs of that size at the path, otherwise why not.
std::string mount_small_disk(const std::string& path, const std::string& size) {
  const int flags = ::geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS;
  if (::unshare(flags) != 0) return std::string("unshare: ") + std::strerror(errno);
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return std::string("making mounts private: ") + std::strerror(errno);
  }
  if (::mount("tmpfs", path.c_str(), "tmpfs", 0, ("size=" + size).c_str()) != 0) {
    return std::string("mounting a tmpfs: ") + std::strerror(errno);
  }
  return "";
}

// Writes until nothing more fits.
void fill(const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  const std::string page(4096, 'x');
  while (file.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {
  }
}

// Runs in a process of its own; prints what is wrong and returns 1, 77 where there can be no such disk here.
int on_small_disk(const std::string& folder, const std::string& size,
                  const std::function<std::string(const std::string& output)>& scenario) {
  const std::string obstacle = mount_small_disk(folder, size);
  if (!obstacle.empty()) {
    std::printf("%s\n", obstacle.c_str());
    return 77;
  }
  const std::string problem = scenario(folder + "/r.h5");
  if (!problem.empty()) std::printf("%s\n", problem.c_str());
  return problem.empty() ? 0 : 1;
}

void expect_sound(const std::string& size,
                  const std::function<std::string(const std::string&)>& scenario) {
  const ScratchFolder scratch;
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    const int code = on_small_disk(scratch.path(), size, scenario);
    std::fflush(nullptr);
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) {
    GTEST_SKIP() << "no small disk can be mounted here (needs root or user namespaces)";
  }
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

std::string ends_with_no_space(const Child::End& end, const std::string& output) {
  if (end.code != 1) return "exit code " + std::to_string(end.code) + ": " + end.error;
  if (end.error.find("No space left on device") == std::string::npos ||
      end.error.find(std::filesystem::path(output).parent_path().string()) == std::string::npos) {
    return "the message does not say so: " + end.error;
  }
  return "";
}

TEST(FullDisk, WhileRunningEndsTheRunAndAnotherGoesOn) {
  const SmallRun run{.futures = 200, .threads = 1, .pause = 2000};
  const std::string reference = run.reference();
  expect_sound("2m", [&](const std::string& output) -> std::string {
    const std::string filler = output + ".filler";
    Child child(run.command(output));
    child.wait_for([](const std::string& line) { return said_committed(line) >= 20; });
    fill(filler);
    const std::string problem = ends_with_no_space(child.wait(), output);
    if (!problem.empty()) return problem;
    const uint64_t kept = committed(output);
    if (kept < 20 || kept >= 200) return std::to_string(kept) + " blocks were kept";
    // While it is full another run is refused before it begins.
    Child refused(run.command(output));
    const Child::End& end = refused.wait();
    if (end.code != 1 || end.error.find("is too full") == std::string::npos)
      return "not refused: " + end.error;
    std::filesystem::remove(filler);
    return problem_when_resumed(run, output, reference);
  });
}

TEST(FullDisk, WhileFinishingLeavesTheJournals) {
  const SmallRun run{.futures = 200};
  const std::string reference = run.reference();
  expect_sound("2m", [&](const std::string& output) -> std::string {
    // A complete journal, then a disk on which the journal and a part of the result fit.
    Child complete(run.command(output));
    complete.wait_for([](const std::string& line) { return line == "finishing"; });
    complete.signal(SIGKILL);
    complete.wait();
    if (contents(output)) return "";  // it was faster than the kill
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(output).parent_path())) {
      if (entry.path().extension() == ".tmp") std::filesystem::remove(entry.path());
    }
    const std::string filler = output + ".filler";
    fill(filler);
    std::filesystem::resize_file(filler, std::filesystem::file_size(filler) - reference.size() / 2);
    Child finishing(run.command(output));
    const Child::End& end = finishing.wait();
    if (end.code != 1) return "exit code " + std::to_string(end.code) + ": " + end.error;
    if (contents(output)) return "there is a result nonetheless";
    if (committed(output) != 200) return "a block is lost";
    std::filesystem::remove(filler);
    return problem_when_resumed(run, output, reference);
  });
}

TEST(FullDisk, ThatNeverHadTheRoomIsRefusedFirst) {
  const SmallRun run{.futures = 200};
  expect_sound("64k", [&](const std::string& output) -> std::string {
    Child child(run.command(output));
    const Child::End& end = child.wait();
    if (end.code != 1 || end.error.find("is too full") == std::string::npos)
      return "not refused: " + end.error;
    return std::filesystem::is_empty(std::filesystem::path(output).parent_path())
               ? ""
               : "something was written";
  });
}

}  // namespace
}  // namespace chasm
