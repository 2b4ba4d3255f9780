// Estimates every check of docs/model-checks.md.
//
//     model_checks > docs/model-checks.md          writes the page
//     model_checks --against docs/model-checks.md  fails where a verdict is another than the page's
//     --only facts,patterns                        some groups of checks
//     --threads 4                                  all where it is not given

#include <cstring>
#include <exception>
#include <fstream>
#include <iostream>

#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

struct Group {
  const char* name;
  void (*estimate)(Lab&, Page&);
};
constexpr Group groups[] = {{"facts", facts},       {"mechanisms", mechanisms},
                            {"levers", levers},     {"interplay", interplay},
                            {"curves", curves},     {"courses", courses},
                            {"patterns", patterns}, {"futures", futures}};

std::string names() {
  std::string out;
  for (const Group& group : groups) out += (out.empty() ? "" : ", ") + std::string(group.name);
  return out;
}

// `only` empty: all.
Page estimate_groups(Lab& lab, const std::string& only) {
  Page page;
  for (const Group& group : groups) {
    if (!only.empty() &&
        ("," + only + ",").find("," + std::string(group.name) + ",") == std::string::npos)
      continue;
    const size_t before = page.findings.size();
    group.estimate(lab, page);
    for (size_t k = before; k < page.findings.size(); ++k)
      std::cerr << page.findings[k].id << ": " << name_of(page.findings[k].verdict) << " ("
                << page.findings[k].estimate << ")\n";
    std::cerr << group.name << ": " << page.findings.size() << " findings, " << lab.worlds_run()
              << " worlds\n";
  }
  return page;
}

// Verdicts of the table rows "| id | claim | measured | estimate | verdict |".
std::map<std::string, std::string> recorded(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::map<std::string, std::string> verdicts;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> cells;
    size_t from = line.rfind("| ", 0) == 0 ? 2 : std::string::npos;
    while (from != std::string::npos) {
      const size_t end = line.find(" |", from);
      if (end == std::string::npos) break;
      cells.push_back(line.substr(from, end - from));
      from = end + 3 <= line.size() ? end + 3 : std::string::npos;
    }
    if (cells.size() == 5 &&
        (cells[4] == "holds" || cells[4] == "refused" || cells[4] == "not decided"))
      verdicts[cells[0]] = cells[4];
  }
  return verdicts;
}

int compare(const Page& page, const std::string& path, bool complete) {
  auto before = recorded(path);
  int changed = 0;
  for (const Finding& finding : page.findings) {
    const std::string was = before.count(finding.id) ? before[finding.id] : "not recorded";
    before.erase(finding.id);
    if (was == name_of(finding.verdict)) continue;
    ++changed;
    std::cout << finding.id << ": " << was << " before, now " << name_of(finding.verdict) << " ("
              << finding.estimate << ")\n";
  }
  for (const auto& [id, verdict] : before) {
    if (!complete) break;
    ++changed;
    std::cout << id << ": " << verdict << " before, now no longer estimated\n";
  }
  return changed == 0 ? 0 : 1;
}

int run(int count, char** arguments) {
  int threads = 0;
  std::string against, only;
  for (int i = 1; i + 1 < count; ++i) {
    if (std::strcmp(arguments[i], "--threads") == 0) threads = std::stoi(arguments[i + 1]);
    if (std::strcmp(arguments[i], "--against") == 0) against = arguments[i + 1];
    if (std::strcmp(arguments[i], "--only") == 0) only = arguments[i + 1];
  }
  Lab lab(threads);
  const Page page = estimate_groups(lab, only);
  if (against.empty()) {
    std::cout << markdown(page, lab);
    return 0;
  }
  if (page.findings.empty())
    throw std::runtime_error("no group of checks is named " + only + " (" + names() +
                             ") name some of these");
  return compare(page, against, only.empty());
}

}  // namespace

}  // namespace chasm::checks

int main(int count, char** arguments) {
  try {
    return chasm::checks::run(count, arguments);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
