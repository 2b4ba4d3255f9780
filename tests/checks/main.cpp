// Estimates every check of docs/model-checks.md.
//
//     model_checks > docs/model-checks.md          writes the page
//     model_checks --against docs/model-checks.md  fails where a verdict is another than the page's

#include <cstring>
#include <exception>
#include <fstream>
#include <iostream>

#include "tests/checks/page.hpp"

namespace chasm::checks {

namespace {

Page estimate_all(Lab& lab) {
  Page page;
  for (const auto estimate :
       {facts, mechanisms, levers, interplay, curves, courses, patterns, futures}) {
    estimate(lab, page);
    std::cerr << page.findings.size() << " findings, " << lab.worlds_run() << " worlds\n";
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

int compare(const Page& page, const std::string& path) {
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
    ++changed;
    std::cout << id << ": " << verdict << " before, now no longer estimated\n";
  }
  return changed == 0 ? 0 : 1;
}

int run(int count, char** arguments) {
  int threads = 0;
  std::string against;
  for (int i = 1; i + 1 < count; ++i) {
    if (std::strcmp(arguments[i], "--threads") == 0) threads = std::stoi(arguments[i + 1]);
    if (std::strcmp(arguments[i], "--against") == 0) against = arguments[i + 1];
  }
  Lab lab(threads);
  const Page page = estimate_all(lab);
  if (against.empty()) {
    std::cout << markdown(page, lab);
    return 0;
  }
  return compare(page, against);
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
