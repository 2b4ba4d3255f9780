// chasm info: what is in a result file, or how far a run has come that has no result yet.

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>
#include <utility>

#include "app/command_line.hpp"
#include "app/exit_code.hpp"
#include "app/live_estimates.hpp"
#include "app/progress.hpp"
#include "app/signals.hpp"
#include "app/summary.hpp"
#include "app/text.hpp"
#include "hpc/journal.hpp"
#include "hpc/output_path.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

struct InfoOptions {
  std::string path;
  bool follow = false;
  bool json = false;
};

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

std::string code_text(const CodeIdentity& code) {
  return fmt::format("chasm {} (commit {})", code.version,
                     code.commit.empty() ? "unknown" : code.commit);
}

std::string unit_text(const MetricSummary& metric) {
  return metric.units.empty() || metric.units == "1" ? "" : " [" + metric.units + "]";
}

void print_head(const ResultInfo& info, const std::string& path) {
  const auto line = [](const char* name, const std::string& value) {
    if (!value.empty()) fmt::print("  {:<10} {}\n", name, value);
  };
  fmt::print("{}: {}\n", path, readable_bytes(info.bytes));
  line("title", info.title);
  line("question", info.question);
  line("model", fmt::format("{} version {}, {} steps", info.model, info.model_version, info.steps));
  line("worlds",
       fmt::format("{} = {} x {} x {}; {} failed", grouped(info.worlds()),
                   count_of(info.arms.size(), "arm"), count_of(info.futures, "future"),
                   count_of(info.replications, "replication"), grouped(info.failed_worlds)));
  line("design", info.design);
  line("seed", std::to_string(info.seed));
  line("code", code_text(info.code));
  line("format", fmt::format("result file {}, random addresses {}", info.format_version,
                             info.random_address_version));
  line("digest", info.content_digest);
  for (const auto& [name, digest] : info.tables) line("table", name + " sha256:" + digest);
}

void print_metric(const MetricSummary& metric) {
  const bool many = metric.arms.size() > 1;
  std::vector<std::string> heading{"arm", "n", "mean", "+- s.e.", "s.d.", "5 %", "50 %", "95 %"};
  if (many) heading.insert(heading.end(), {"- baseline", "+- s.e.", "variance /"});
  TextTable table(heading);
  for (const ArmSummary& arm : metric.arms) {
    std::vector<std::string> row{arm.arm,
                                 grouped(arm.worlds),
                                 rounded(arm.mean.mean),
                                 rounded(arm.mean.standard_error),
                                 rounded(arm.standard_deviation),
                                 rounded(arm.quantiles[0]),
                                 rounded(arm.quantiles[1]),
                                 rounded(arm.quantiles[2])};
    if (arm.paired)
      row.insert(row.end(), {rounded(arm.minus_baseline.difference.mean),
                             rounded(arm.minus_baseline.difference.standard_error),
                             rounded(arm.minus_baseline.variance_reduction)});
    table.add(row);
  }
  fmt::print("\n{}{}: {}\n{}", metric.name, unit_text(metric), metric.long_name, table.text());
}

void print_notes(const ResultInfo& info) {
  fmt::print(
      "\nn: worlds with a value. s.e.: standard error of the mean{}. s.d. and quantiles: over "
      "worlds.\n",
      info.futures > 1 ? " over futures" : " over replications of the one future");
  if (info.arms.size() > 1)
    fmt::print(
        "- baseline: paired difference to arm \"{}\", world by world; variance /: what pairing "
        "divides the "
        "variance of the difference by.\n",
        info.arms[0]);
  if (info.design != "independent")
    fmt::print(
        "The standard errors take futures for independent draws; those of a {} design are not.\n",
        info.design);
}

void print_totals(const ResultFile& file) {
  std::string text;
  for (const ResultVariable& v : file.variables()) {
    if (v.kind != VariableKind::total) continue;
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", v.meaning_of,
                        fmt::join(v.dimensions.begin() + 1, v.dimensions.end(), " x "));
  }
  if (!text.empty()) fmt::print("  {:<10} {}\n", "totals", text);
}

void print_failures(const ResultFile& file) {
  const auto failures = failures_by_arm(file);
  if (file.info().failed_worlds > 0)
    fmt::print("\nfailed worlds (left out of every number below)\n");
  TextTable table({"arm", "worlds", "why"});
  for (size_t arm = 0; arm < failures.size(); ++arm)
    for (const auto& [reason, count] : failures[arm])
      table.add({file.info().arms[arm], grouped(count), reason});
  if (!table.empty()) fmt::print("{}", table.text());
}

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json as_json(const ArmSummary& arm) {
  Json out{{"n", arm.worlds},
           {"absent", arm.mean.absent},
           {"mean", number(arm.mean.mean)},
           {"standard_error", number(arm.mean.standard_error)},
           {"independent_units", arm.mean.units},
           {"standard_deviation", number(arm.standard_deviation)},
           {"q05", number(arm.quantiles[0])},
           {"q50", number(arm.quantiles[1])},
           {"q95", number(arm.quantiles[2])}};
  if (arm.paired) {
    const Paired& p = arm.minus_baseline;
    out["minus_baseline"] = {{"mean", number(p.difference.mean)},
                             {"standard_error", number(p.difference.standard_error)},
                             {"independent_units", p.difference.units},
                             {"absent", p.difference.absent},
                             {"variance_reduction", number(p.variance_reduction)}};
  }
  return out;
}

void print_json(const ResultFile& file, const std::string& path) {
  const ResultInfo& info = file.info();
  Json out{{"file", path},
           {"finished", true},
           {"bytes", info.bytes},
           {"title", info.title},
           {"question", info.question},
           {"model", info.model},
           {"model_version", info.model_version},
           {"steps", info.steps},
           {"start", info.start},
           {"seed", info.seed},
           {"design", info.design},
           {"arms", info.arms},
           {"futures", info.futures},
           {"replications", info.replications},
           {"worlds", info.worlds()},
           {"failed", info.failed_worlds},
           {"code_version", info.code.version},
           {"code_commit", info.code.commit},
           {"format_version", info.format_version},
           {"random_address_version", info.random_address_version},
           {"content_digest", info.content_digest},
           {"study", info.study}};
  out["tables"] = Json::object();
  for (const auto& [name, digest] : info.tables) out["tables"][name] = digest;
  out["failures"] = Json::object();
  const auto failures = failures_by_arm(file);
  for (size_t arm = 0; arm < failures.size(); ++arm)
    for (const auto& [reason, count] : failures[arm])
      out["failures"][info.arms[arm]][reason] = count;
  out["totals"] = Json::object();
  for (const ResultVariable& v : file.variables())
    if (v.kind == VariableKind::total)
      out["totals"][v.meaning_of] = {{"variable", v.name},
                                     {"units", v.units},
                                     {"meaning", v.long_name},
                                     {"dimensions", v.dimensions}};
  out["metrics"] = Json::object();
  const auto put = [&](const MetricSummary& metric) {
    Json& entry =
        out["metrics"][metric.name] = {{"units", metric.units}, {"meaning", metric.long_name}};
    for (const ArmSummary& arm : metric.arms) entry["arms"][arm.arm] = as_json(arm);
  };
  for (const ResultVariable& v : file.variables())
    if (v.kind == VariableKind::metric) put(summarise(file, v));
  for (const MetricSummary& metric : summaries_by_arm(file)) put(metric);
  fmt::print("{}\n", out.dump(2));
}

void print_result(const InfoOptions& options) {
  const ResultFile file(options.path);
  if (options.json) {
    print_json(file, options.path);
    return;
  }
  print_head(file.info(), options.path);
  print_totals(file);
  print_failures(file);
  bool any = false;
  for (const ResultVariable& v : file.variables())
    if (v.kind == VariableKind::metric) {
      print_metric(summarise(file, v));
      any = true;
    }
  for (const MetricSummary& metric : summaries_by_arm(file)) {
    print_metric(metric);
    any = true;
  }
  if (!file.info().keeps_worlds)
    fmt::print("\nNo world is kept: quantiles are of histograms with 512 bins.\n");
  if (any) print_notes(file.info());
  if (exists(journal_folder(options.path)))
    fmt::print("\nA run has journals beside it, in {}.\n", journal_folder(options.path));
}

// Which file is at the path: another one once a result has been renamed to it.
std::pair<ino_t, time_t> version_of(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return {};
  return {about.st_ino, about.st_mtime};
}

// What finished blocks say, where this program can read them: a table that is not at its place, or another build, leaves
// progress alone.
class Estimates {
 public:
  explicit Estimates(std::string folder) : folder_(std::move(folder)) {}

  // True where something is to be printed now.
  bool look(const JournalReader& reader) {
    constexpr auto between = std::chrono::seconds(10);
    if (!possible_ || !reader.summary().identity) return false;
    try {
      if (!live_) live_.emplace(*reader.summary().identity, folder_);
      live_->look(reader);
    } catch (const std::exception& error) {
      // Journals go once the result stands.
      if (exists(folder_)) fmt::print(stderr, "no estimates: {}\n", error.what());
      possible_ = false;
      return false;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return false;
    next_ = now + between;
    return true;
  }
  std::string text() const { return live_ ? live_->text() : ""; }

 private:
  const std::string folder_;
  std::optional<LiveEstimates> live_;
  bool possible_ = true;
  std::chrono::steady_clock::time_point next_;
};

// Looks again each second until journals are gone, for the result stands, or nothing is left to come: shards wait for chasm
// finish. A result that is there already is an earlier one, which the run replaces.
void follow(const std::string& path) {
  constexpr int seconds_to_finish = 10, seconds_of_silence = 20;
  const std::string folder = journal_folder(path);
  ProgressLine line(true, "worlds");
  JournalReader reader(folder);
  Estimates estimates(folder);
  std::optional<uint64_t> before;
  uint64_t blocks = 0;
  int silent = 0;
  bool said = false;
  for (int idle = 0; idle < seconds_to_finish && exists(folder);) {
    if (stop_requested())
      throw Interrupted("stopped when asked to (the run goes on) start chasm info again");
    reader.refresh();
    const JournalSummary& now = reader.summary();
    if (now.identity) {
      const Partition& parts = now.identity->partition;
      if (!before) before = now.worlds;
      if (estimates.look(reader)) {
        line.clear();
        fmt::print("{}", estimates.text());
        std::fflush(stdout);
      }
      line.show({now.worlds, parts.pairs * parts.arms, *before, now.failed});
      if (now.blocks == parts.blocks()) {
        ++idle;
      } else if (now.blocks != std::exchange(blocks, now.blocks)) {
        silent = 0;
      } else if (++silent == seconds_of_silence && !std::exchange(said, true)) {
        line.clear();
        fmt::print(stderr,
                   "no block has been committed for {} s: where the run has ended, the same chasm "
                   "run goes on with it\n",
                   seconds_of_silence);
      }
    }
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

void print_journals(const InfoOptions& options) {
  const std::string folder = journal_folder(options.path);
  const JournalSummary journals = summarise_journals(folder);
  if (!journals.identity)
    throw InputError(fmt::format(
        "{} does not exist, and {} holds no journal (nothing ran here) check the name, or start "
        "with chasm run STUDY.toml -o {}",
        options.path, folder, options.path));
  const Identity& identity = *journals.identity;
  const Partition& parts = identity.partition;
  const uint64_t worlds = parts.pairs * parts.arms;
  if (options.json) {
    fmt::print("{}\n", Json{{"file", options.path},
                            {"finished", false},
                            {"model", identity.model},
                            {"model_version", identity.model_version},
                            {"seed", identity.seed},
                            {"code_version", identity.code.version},
                            {"code_commit", identity.code.commit},
                            {"blocks", parts.blocks()},
                            {"blocks_done", journals.blocks},
                            {"worlds", worlds},
                            {"worlds_done", journals.worlds},
                            {"failed", journals.failed},
                            {"journals", journals.files},
                            {"damaged_bytes", journals.damaged_bytes},
                            {"study", identity.text}}
                           .dump(2));
    return;
  }
  const bool replaces = exists(options.path);
  fmt::print("{}{} is not finished: {} of {}, {} of {}; {} failed\n",
             replaces ? "the run that replaces " : "", options.path, grouped(journals.blocks),
             count_of(parts.blocks(), "block"), grouped(journals.worlds), count_of(worlds, "world"),
             grouped(journals.failed));
  fmt::print("  model {} version {}, seed {}, {}\n  {} in {}\n", identity.model,
             identity.model_version, identity.seed, code_text(identity.code),
             count_of(journals.files, "journal"), folder);
  if (journals.damaged_bytes > 0)
    fmt::print("  {} belong to no whole block (a run was stopped while it wrote, or writes now)\n",
               readable_bytes(journals.damaged_bytes));
  if (journals.blocks == parts.blocks())
    fmt::print("next: chasm finish {}{}\n", shell_word(options.path), replaces ? " --force" : "");
  else
    fmt::print("next: chasm run STUDY.toml -o {}{} goes on with what is missing\n",
               shell_word(options.path), replaces ? " --force" : "");
}

int info(const InfoOptions& options) {
  const std::string folder = journal_folder(options.path);
  bool is_earlier = false;  // the result, and not that of the run
  if (options.follow && exists(folder) &&
      (!exists(options.path) || summarise_journals(folder).identity)) {
    stop_on_signals();
    const auto before = version_of(options.path);
    print_journals(options);
    follow(options.path);
    is_earlier = version_of(options.path) == before && exists(folder);
  }
  if (exists(options.path) && !is_earlier)
    print_result(options);
  else
    print_journals(options);
  return exit_done;
}

}  // namespace

void add_info(CommandLine& line) {
  auto options = std::make_shared<InfoOptions>();
  CLI::App& command = add_command(
      line, "info", "what is in a result: worlds, metrics by arm, differences to the baseline",
      "chasm info learning.h5",
      "0   done\n"
      "2   bad input",
      "Where the run is not finished it says how far it has come.");
  command.add_option("result", options->path, "result file")->required()->type_name(result_file);
  CLI::Option* follow_it = command.add_flag(
      "--follow", options->follow, "while a study runs: its progress, and what it says so far");
  command.add_flag("--json", options->json, "for programs")->excludes(follow_it);
  when_chosen(line, command, options, info);
}

}  // namespace chasm
