#include <fmt/format.h>

#include <algorithm>

#include "app/command_line.hpp"
#include "app/completion.hpp"
#include "models/models.hpp"
#include "sim/model.hpp"

namespace chasm {

namespace {

// What may stand in a place of the command line.
struct Value {
  std::vector<std::string> words;  // one of these
  std::string extension;           // or a file that ends so
  bool any_file = false;           // or any file
};

struct Choice {
  std::vector<std::string> names;  // "-o", "--output"; none for a place without a name
  bool takes_value = false;
  bool repeated = false;
  std::string shown;  // "F.h5"
  std::string description;
  Value value;
};

struct Command {
  std::string name, description;
  std::vector<Choice> options, places;
};

std::vector<std::string> split(std::string text, char at) {
  std::vector<std::string> parts;
  for (size_t end; (end = text.find(at)) != std::string::npos; text.erase(0, end + 1))
    parts.push_back(text.substr(0, end));
  parts.push_back(text);
  return parts;
}

Value value_of(const std::string& type) {
  Value value;
  if (const size_t open = type.find('{'); open != std::string::npos)
    value.words = split(type.substr(open + 1, type.find('}') - open - 1), ',');
  else if (type == model_name)
    for (const Model* model : models()) value.words.emplace_back(model->name);
  else if (type == study_file)
    value.extension = ".toml";
  else if (type == result_file)
    value.extension = ".h5";
  else if (type == any_file)
    value.any_file = true;
  else if (type.find('|') != std::string::npos)
    value.words = split(type, '|');
  return value;
}

Choice choice_of(const CLI::Option& option) {
  Choice choice;
  for (const std::string& name : option.get_snames()) choice.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) choice.names.push_back("--" + name);
  choice.takes_value = option.get_type_size() != 0;
  choice.repeated = option.get_expected_max() > 1;
  choice.shown = option.get_type_name();
  choice.description = option.get_description();
  if (choice.takes_value) choice.value = value_of(choice.shown);
  return choice;
}

Command command_of(const CLI::App& app) {
  Command command{app.get_name(), app.get_description(), {}, {}};
  for (const CLI::Option* option : app.get_options())
    (option->nonpositional() ? command.options : command.places).push_back(choice_of(*option));
  return command;
}

std::vector<Command> commands_of(const CLI::App& program) {
  std::vector<Command> commands;
  for (const CLI::App* command : program.get_subcommands({}))
    commands.push_back(command_of(*command));
  return commands;
}

// `text` with a backslash before each of `marks`, and fit for single quotes of a POSIX shell.
std::string escaped(const std::string& text, std::string_view marks) {
  std::string out;
  for (const char c : text) {
    if (marks.find(c) != std::string_view::npos) out += '\\';
    out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return out;
}

std::string bash_reply(const Value& value) {
  if (!value.words.empty()) return fmt::format("_chasm_words '{}'", fmt::join(value.words, " "));
  if (!value.extension.empty()) return fmt::format("_chasm_files '{}'", value.extension);
  return value.any_file ? "_chasm_files ''" : ":";
}

std::string bash_script(const Command& program, const std::vector<Command>& commands) {
  std::string values, options, places;
  const auto add_options = [&](const std::string& name, const Command& command) {
    std::vector<std::string> all;
    for (const Choice& option : command.options) {
      all.insert(all.end(), option.names.begin(), option.names.end());
      if (!option.takes_value) continue;
      std::vector<std::string> patterns;
      for (const std::string& each : option.names) patterns.push_back(name + "," + each);
      values += fmt::format("    {}) {}; return ;;\n", fmt::join(patterns, " | "),
                            bash_reply(option.value));
    }
    options += fmt::format("      {}) _chasm_words '{}' ;;\n", name.empty() ? "''" : name,
                           fmt::join(all, " "));
  };
  add_options("", program);
  std::vector<std::string> names;
  for (const Command& command : commands) {
    names.push_back(command.name);
    add_options(command.name, command);
    if (!command.places.empty())
      places += fmt::format("    {}) {} ;;\n", command.name, bash_reply(command.places[0].value));
  }
  return fmt::format(R"(# chasm in bash: source <(chasm completion bash)
_chasm_words() {{ mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }}
_chasm_files() {{
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <([[ -z $1 ]] || compgen -d -- "$current"; compgen -f -X "!*$1" -- "$current")
}}
_chasm() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}} command='' word
  COMPREPLY=()
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    [[ $word == -* ]] || {{ command=$word; break; }}
  done
  case $command,$previous in
{}  esac
  if [[ $current == -* ]]; then
    case $command in
{}    esac
    return
  fi
  case $command in
    '') _chasm_words '{}' ;;
{}  esac
}}
complete -F _chasm chasm
)",
                     values, options, fmt::join(names, " "), places);
}

std::string zsh_action(const Choice& choice) {
  const Value& value = choice.value;
  const std::string shown = escaped(choice.shown.empty() ? "value" : choice.shown, ":{}");
  if (!value.words.empty()) return fmt::format(":{}:({})", shown, fmt::join(value.words, " "));
  if (!value.extension.empty()) return fmt::format(":{}:_files -g \"*{}\"", shown, value.extension);
  return fmt::format(":{}:{}", shown, value.any_file ? "_files" : " ");
}

std::string zsh_argument(const Choice& choice) {
  if (choice.names.empty())
    return "'" + std::string(choice.repeated ? "*" : "") + zsh_action(choice) + "'";
  const std::string rest = fmt::format("'[{}]{}'", escaped(choice.description, "[]:"),
                                       choice.takes_value ? zsh_action(choice) : "");
  const std::string star =
      choice.repeated ? "'*'" : fmt::format("'({})'", fmt::join(choice.names, " "));
  if (choice.names.size() == 1) return fmt::format("{}{}{}", star, choice.names[0], rest);
  return fmt::format("{}{{{}}}{}", star, fmt::join(choice.names, ","), rest);
}

std::string zsh_script(const Command& program, const std::vector<Command>& commands) {
  std::string names, cases;
  for (const Command& command : commands) {
    names += fmt::format("    '{}:{}'\n", command.name, escaped(command.description, ":"));
    cases += fmt::format("    {}) _arguments", command.name);
    for (const Choice& place : command.places) cases += " \\\n      " + zsh_argument(place);
    for (const Choice& option : command.options) cases += " \\\n      " + zsh_argument(option);
    cases += " ;;\n";
  }
  std::string own;
  for (const Choice& option : program.options) own += " " + zsh_argument(option);
  return fmt::format(R"(#compdef chasm
# chasm in zsh: source <(chasm completion zsh)
_chasm() {{
  local -a commands=(
{}  )
  if (( CURRENT == 2 )); then
    _describe command commands
    _arguments{}
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
{}  esac
}}
compdef _chasm chasm
)",
                     names, own, cases);
}

std::string fish_quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text)
    out += c == '\'' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  return out + "'";
}

std::string fish_line(const std::string& condition, const Choice& choice) {
  std::string line = fmt::format("complete -c chasm -n '{}'", condition);
  for (const std::string& name : choice.names)
    line += name[1] == '-' ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!choice.description.empty() && !choice.names.empty())
    line += " -d " + fish_quoted(choice.description);
  const Value& value = choice.value;
  if (choice.takes_value && !choice.names.empty())
    line += value.any_file || !value.extension.empty() ? " -r" : " -x";
  if (!value.words.empty()) line += fmt::format(" -a '{}'", fmt::join(value.words, " "));
  if (!value.extension.empty())
    line += fmt::format(" -k -a '(__fish_complete_suffix {})'", value.extension);
  if (value.any_file) line += " -F";
  return line + "\n";
}

std::string fish_script(const Command& program, const std::vector<Command>& commands) {
  std::string script = "# chasm in fish: chasm completion fish | source\ncomplete -c chasm -f\n";
  for (const Choice& option : program.options) script += fish_line("__fish_use_subcommand", option);
  for (const Command& command : commands) {
    script += fmt::format("complete -c chasm -n __fish_use_subcommand -a {} -d {}\n", command.name,
                          fish_quoted(command.description));
    const std::string here = "__fish_seen_subcommand_from " + command.name;
    for (const Choice& place : command.places) script += fish_line(here, place);
    for (const Choice& option : command.options) script += fish_line(here, option);
  }
  return script;
}

}  // namespace

std::string completion_script(const CLI::App& app, const std::string& shell) {
  const Command program = command_of(app);
  const std::vector<Command> commands = commands_of(app);
  if (shell == "bash") return bash_script(program, commands);
  return shell == "zsh" ? zsh_script(program, commands) : fish_script(program, commands);
}

}  // namespace chasm
