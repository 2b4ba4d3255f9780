// chasm diff: what two result files differ in.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/command_line.hpp"
#include "app/diff_lines.hpp"
#include "app/diff_metric.hpp"
#include "app/exit_code.hpp"
#include "app/text.hpp"
#include "hpc/identity.hpp"
#include "hpc/read_result.hpp"

namespace chasm {

namespace {

struct DiffOptions {
  std::string a, b;
};

class Report {
 public:
  void differs(const std::string& what, const std::string& a, const std::string& b) {
    if (a == b) return;
    fmt::print("{}: {} | {}\n", what, a, b);
    equal_ = false;
  }
  void line(const std::string& text) {
    fmt::print("{}\n", text);
    equal_ = false;
  }
  // Worth knowing, and no difference.
  void remark(const std::string& text) { fmt::print("{}\n", text); }
  bool equal() const { return equal_; }

 private:
  bool equal_ = true;
};

// The first lines that differ; a study is short enough to be read whole elsewhere.
void compare_text(const std::string& a, const std::string& b, Report& report) {
  constexpr size_t most_shown = 8;
  const auto changes = changed_lines(a, b);
  for (size_t i = 0; i < std::min(changes.size(), most_shown); ++i) {
    const LineChange& c = changes[i];
    if (c.right == 0)
      report.line(fmt::format("study, line {}, only in the first: {}", c.left, c.old_line));
    else if (c.left == 0)
      report.line(fmt::format("study, line {}, only in the second: {}", c.right, c.new_line));
    else
      report.line(fmt::format("study, line {}: {} | {}", c.left, c.old_line, c.new_line));
  }
  if (changes.size() > most_shown)
    report.line(
        fmt::format("study: {} more differ", count_of(changes.size() - most_shown, "line")));
}

std::string text_of(const CodeIdentity& code) { return code.version + " " + code.commit; }

std::string text_of(const std::vector<std::pair<std::string, std::string>>& tables) {
  std::string text;
  for (const auto& [name, digest] : tables)
    text += (text.empty() ? "" : ", ") + name + " " + digest;
  return text.empty() ? "none" : text;
}

void compare_heads(const ResultInfo& a, const ResultInfo& b, Report& report) {
  report.differs("format version", std::to_string(a.format_version),
                 std::to_string(b.format_version));
  report.differs("title", a.title, b.title);
  report.differs("model", a.model, b.model);
  report.differs("model version", std::to_string(a.model_version), std::to_string(b.model_version));
  report.differs("random address version", std::to_string(a.random_address_version),
                 std::to_string(b.random_address_version));
  report.differs("seed", std::to_string(a.seed), std::to_string(b.seed));
  report.differs("tables", text_of(a.tables), text_of(b.tables));
  compare_text(a.study, b.study, report);
  report.differs("steps", std::to_string(a.steps), std::to_string(b.steps));
  report.differs("start", a.start, b.start);
  report.differs("design", a.design, b.design);
  report.differs("arms", fmt::format("{}", fmt::join(a.arms, ", ")),
                 fmt::format("{}", fmt::join(b.arms, ", ")));
  report.differs("futures", grouped(a.futures), grouped(b.futures));
  report.differs("replications", grouped(a.replications), grouped(b.replications));
  report.differs("failed worlds", grouped(a.failed_worlds), grouped(b.failed_worlds));
}

std::string shape_of(const ResultVariable& v) {
  std::string text;
  for (size_t i = 0; i < v.shape.size(); ++i)
    text += fmt::format("{}{} {}", i == 0 ? "" : " x ", v.dimensions[i], v.shape[i]);
  return "(" + text + ")" + (v.units.empty() ? "" : " [" + v.units + "]");
}

std::map<std::string, std::string> compare_structure(const ResultFile& a, const ResultFile& b,
                                                     Report& report) {
  std::map<std::string, const ResultVariable*> there;
  for (const ResultVariable& v : b.variables()) there[v.name] = &v;
  std::map<std::string, std::string> common;  // name -> shape
  for (const ResultVariable& v : a.variables()) {
    const auto other = there.find(v.name);
    if (other == there.end()) {
      report.line(fmt::format("variable {} is only in the first", v.name));
      continue;
    }
    report.differs("variable " + v.name, shape_of(v), shape_of(*other->second));
    if (shape_of(v) == shape_of(*other->second)) common[v.name] = shape_of(v);
    there.erase(other);
  }
  for (const ResultVariable& v : b.variables())
    if (there.contains(v.name))
      report.line(fmt::format("variable {} is only in the second", v.name));
  return common;
}

std::string text_of(const MetricDifference& found) {
  if (found.worlds == found.one_is_nan) return "all in having a value at all";
  std::string text = "by at most " + rounded(found.largest);
  if (found.one_is_nan > 0)
    text += fmt::format(", and {} in having a value at all", grouped(found.one_is_nan));
  return text;
}

void compare_metric(const ResultFile& a, const ResultFile& b, const ResultVariable& v,
                    Report& report) {
  const CommonWorlds common = common_worlds(a.info(), b.info());
  if (common.count() == 0) return;
  const MetricDifference found = metric_difference(a, b, common, v.meaning_of);
  const bool all = common.count() == a.info().worlds() && common.count() == b.info().worlds();
  const std::string worlds = count_of(common.count(), "world") + (all ? "" : " that both have");
  if (found.worlds == 0)
    report.remark(fmt::format("values of {}: the same in {}", v.name, worlds));
  else
    report.line(fmt::format("values of {}: {} of {} differ, {}; first in world {}", v.name,
                            grouped(found.worlds), worlds, text_of(found), found.first));
}

void compare_values(const ResultFile& a, const ResultFile& b,
                    const std::map<std::string, std::string>& common, Report& report) {
  // By the variable's path, which begins with a slash.
  const auto digests = [](const ResultFile& file) {
    const auto list = file.variable_digests();
    return std::map<std::string, std::string>(list.begin(), list.end());
  };
  const auto left = digests(a), right = digests(b);
  for (const ResultVariable& v : a.variables()) {
    const auto l = left.find("/" + v.name), r = right.find("/" + v.name);
    if (l == left.end() || r == right.end()) continue;
    const bool same_shape = common.contains(v.name);
    if (same_shape && l->second == r->second) continue;
    if (v.kind == VariableKind::metric && a.info().model == b.info().model)
      compare_metric(a, b, v, report);
    else if (same_shape)
      report.line(fmt::format("values of {} differ", v.name));
  }
}

int diff(const DiffOptions& options) {
  const ResultFile a(options.a), b(options.b);
  Report report;
  compare_heads(a.info(), b.info(), report);
  const auto common = compare_structure(a, b, report);
  compare_values(a, b, common, report);
  report.differs("content digest", report.equal() ? a.info().content_digest : "",
                 report.equal() ? b.info().content_digest : "");
  // Who computed a result is no part of it.
  if (text_of(a.info().code) != text_of(b.info().code))
    report.remark(fmt::format("code: {} | {}", text_of(a.info().code), text_of(b.info().code)));
  if (report.equal()) fmt::print("{} and {} are the same result\n", options.a, options.b);
  return report.equal() ? exit_done : exit_failed;
}

}  // namespace

void add_diff(CommandLine& line) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App& command =
      add_command(line, "diff", "what two results differ in: study, versions, structure, values",
                  "chasm run learning.toml -o other.h5 --set study.seed=2\n"
                  "chasm diff learning.h5 other.h5",
                  "0   the same\n"
                  "1   different\n"
                  "2   bad input");
  command.add_option("first", options->a, "result file")->required()->type_name(result_file);
  command.add_option("second", options->b, "result file")->required()->type_name(result_file);
  when_chosen(line, command, options, diff);
}

}  // namespace chasm
