// chasm diff: what two result files differ in.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/command_line.hpp"
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
  bool equal() const { return equal_; }

 private:
  bool equal_ = true;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines{""};
  for (const char c : text) {
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  }
  return lines;
}

// The first lines that differ; a study is short enough to be read whole elsewhere.
void compare_text(const std::string& a, const std::string& b, Report& report) {
  if (a == b) return;
  const auto left = lines_of(a), right = lines_of(b);
  size_t shown = 0, count = 0;
  for (size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string* l = i < left.size() ? &left[i] : nullptr;
    const std::string* r = i < right.size() ? &right[i] : nullptr;
    if (l != nullptr && r != nullptr && *l == *r) continue;
    ++count;
    if (++shown <= 5)
      report.differs(fmt::format("study, line {}", i + 1), l == nullptr ? "(none)" : *l,
                     r == nullptr ? "(none)" : *r);
  }
  if (count > 5) report.line(fmt::format("study: {} lines differ", count));
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
  report.differs("code", text_of(a.code), text_of(b.code));
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
  return fmt::format("({}) [{}]", text, v.units);
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

// Counts in pieces, so that memory stays flat.
std::string metric_difference(const ResultFile& a, const ResultFile& b, const ResultVariable& v) {
  const ResultInfo& info = a.info();
  const uint64_t pairs = info.futures * info.replications, piece = 65536;
  std::vector<double> left(piece), right(piece);
  uint64_t count = 0;
  double largest = 0;
  std::string first;
  for (uint64_t arm = 0; arm < info.arms.size(); ++arm)
    for (uint64_t from = 0; from < pairs; from += piece) {
      const PairRange range{from, std::min(piece, pairs - from)};
      a.column(v.meaning_of, arm, range, std::span(left).first(range.count));
      b.column(v.meaning_of, arm, range, std::span(right).first(range.count));
      for (uint64_t i = 0; i < range.count; ++i) {
        if (left[i] == right[i] || (std::isnan(left[i]) && std::isnan(right[i]))) continue;
        if (++count == 1)
          first = fmt::format("{}/{}/{}: {} | {}", info.arms[arm], (from + i) / info.replications,
                              (from + i) % info.replications, left[i], right[i]);
        if (const double apart = std::fabs(left[i] - right[i]); apart > largest) largest = apart;
      }
    }
  return fmt::format("values of {}: {} of {} differ, by at most {}; first in world {}", v.name,
                     grouped(count), count_of(info.worlds(), "world"), rounded(largest), first);
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
    if (!common.contains(v.name) || l == left.end() || r == right.end() || l->second == r->second)
      continue;
    report.line(v.kind == VariableKind::metric ? metric_difference(a, b, v)
                                               : fmt::format("values of {} differ", v.name));
  }
}

int diff(const DiffOptions& options) {
  const ResultFile a(options.a), b(options.b);
  Report report;
  compare_heads(a.info(), b.info(), report);
  const auto common = compare_structure(a, b, report);
  compare_values(a, b, common, report);
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
