// chasm new: a commented study file that runs as it is.

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/command_line.hpp"
#include "app/exit_code.hpp"
#include "app/text.hpp"
#include "models/models.hpp"
#include "sim/error.hpp"
#include "sim/input/study_file.hpp"

namespace chasm {

namespace {

struct NewOptions {
  std::string path;
  std::string model = "march1991";
};

// A file that was not there before: O_EXCL settles a race with anybody else.
void write_new_file(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0 && errno == EEXIST)
    throw InputError(path + " exists (it is not overwritten) choose another name or remove it");
  if (file < 0)
    throw InputError(
        fmt::format("{} cannot be written ({}) choose another path", path, std::strerror(errno)));
  size_t written = 0;
  while (written < text.size()) {
    const ssize_t now = ::write(file, text.data() + written, text.size() - written);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) break;
    written += static_cast<size_t>(now);
  }
  const bool whole = written == text.size();
  if ((::close(file) != 0) || !whole) {
    const std::string why = std::strerror(errno);
    ::unlink(path.c_str());
    throw SystemError(fmt::format("{} cannot be written ({}) free some space", path, why));
  }
}

int make_new(const NewOptions& options) {
  if (!options.path.ends_with(".toml"))
    throw InputError(fmt::format(
        "{0} is no name of a study file (it ends in .toml) call it {0}.toml", options.path));
  write_new_file(options.path, starter_study(find_model(options.model)));
  fmt::print("{}: a study of {} that runs as it is\nnext: chasm check {}\n", options.path,
             options.model, shell_word(options.path));
  return exit_done;
}

}  // namespace

void add_new(CommandLine& line) {
  auto options = std::make_shared<NewOptions>();
  CLI::App& command = add_command(line, "new", "a commented starter study",
                                  "chasm new learning.toml --model march1991",
                                  "0   done\n"
                                  "2   the file exists or cannot be written");
  command.add_option("study", options->path, "file to write")->required()->type_name(study_file);
  command.add_option("--model", options->model, "model of the study (default march1991)")
      ->type_name(model_name);
  when_chosen(line, command, options, make_new);
}

}  // namespace chasm
