#include "hpc/run_log.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "hpc/file.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

constexpr const char* format = "chasm-log-1";

nlohmann::ordered_json to_json(const RunLogEntry& entry) {
  return {{"command", entry.command},
          {"started", entry.started},
          {"outcome", entry.outcome},
          {"host", entry.host},
          {"code_version", entry.code.version},
          {"code_commit", entry.code.commit},
          {"compiler", entry.compiler},
          {"build_options", entry.build_options},
          {"backend", entry.backend},
          {"threads", entry.threads},
          {"ranks", entry.ranks},
          {"machines", entry.machines},
          {"lost_ranks", entry.lost_ranks},
          {"block_copies", entry.block_copies},
          {"seconds_running", entry.seconds_running},
          {"seconds_finishing", entry.seconds_finishing},
          {"blocks", entry.blocks},
          {"blocks_resumed", entry.blocks_resumed},
          {"worlds", entry.worlds},
          {"failed_worlds", entry.failed_worlds},
          {"content_digest", entry.content_digest}};
}

[[noreturn]] void cannot_write(const std::string& path) {
  throw SystemError("the log " + path + " cannot be written (" +
                    std::generic_category().message(errno) + ") check the disk and permissions");
}

nlohmann::ordered_json read_log(const std::string& path) {
  if (std::error_code unknown; std::filesystem::is_directory(path, unknown)) {
    errno = EISDIR;
    cannot_write(path);
  }
  std::ifstream file(path);
  nlohmann::ordered_json log = nlohmann::ordered_json::parse(file, nullptr, false);
  if (log.is_object() && log.value("format", "") == format && log.contains("runs") &&
      log["runs"].is_array())
    return log;
  return {{"format", format}, {"runs", nlohmann::ordered_json::array()}};
}

}  // namespace

std::string run_log_path(const std::string& result_path) {
  const std::string ending = ".h5";
  const bool usual = result_path.ends_with(ending) && result_path.size() > ending.size();
  return (usual ? result_path.substr(0, result_path.size() - ending.size()) : result_path) +
         ".log.json";
}

void append_run_log(const std::string& result_path, const RunLogEntry& entry) {
  const std::string path = run_log_path(result_path);
  const std::string temporary = path + ".tmp";
  nlohmann::ordered_json log = read_log(path);
  log["runs"].push_back(to_json(entry));
  // An error's message may hold a path of any bytes.
  const std::string text =
      log.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  if (::unlink(temporary.c_str()) != 0 && errno != ENOENT) cannot_write(path);
  try {
    File file = File::create(temporary);
    if (!file.is_open())
      throw SystemError("the log " + temporary +
                        " is being written by another run (its name is taken) "
                        "wait for that run");
    file.write({reinterpret_cast<const unsigned char*>(text.data()), text.size()});
    file.sync();
    file.close();
    if (std::rename(temporary.c_str(), path.c_str()) != 0) cannot_write(path);
  } catch (...) {
    ::unlink(temporary.c_str());
    throw;
  }
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

}  // namespace chasm
