#include "tests/checks/page.hpp"

#include <map>
#include <sstream>

namespace chasm::checks {

namespace {

void row(std::ostream& out, const std::vector<std::string>& cells) {
  out << '|';
  for (const std::string& cell : cells) out << ' ' << cell << " |";
  out << '\n';
}

void table(std::ostream& out, const Table& t) {
  out << "\n### " << t.title << "\n\n" << t.note << "\n\n";
  row(out, t.header);
  out << '|';
  for (size_t k = 0; k < t.header.size(); ++k) out << (k == 0 ? " --- |" : " ---: |");
  out << '\n';
  for (const auto& cells : t.rows) row(out, cells);
}

}  // namespace

std::string markdown(const Page& page, const Lab& lab) {
  std::ostringstream out;
  out << "# Model checks\n";
  out << "\n## Findings\n\n";
  row(out, {"id", "claim", "measured", "estimate", "verdict"});
  out << "| --- | --- | --- | --- | --- |\n";
  for (const Finding& f : page.findings)
    row(out, {f.id, f.claim, f.measured, f.estimate, name_of(f.verdict)});
  out << "\n## Numbers\n";
  for (const Table& t : page.tables) table(out, t);
  out << "\n" << lab.worlds_run() << " worlds, " << lab.failed() << " failed.\n";
  return out.str();
}

}  // namespace chasm::checks
