#include "tests/checks/page.hpp"

#include <algorithm>
#include <sstream>

#include "tests/checks/remarks.hpp"

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

void findings(std::ostream& out, const Page& page) {
  const auto many = [&](Verdict verdict) {
    return std::count_if(page.findings.begin(), page.findings.end(),
                         [&](const Finding& f) { return f.verdict == verdict; });
  };
  out << "\n## Findings\n\n"
      << "Claims that were written down before the model ran, and three about levers (`levers 1` "
         "to `3`), estimated at its defaults: "
      << many(Verdict::holds) << " hold, " << many(Verdict::refused) << " are refused, "
      << many(Verdict::undecided)
      << " are not decided. Arms share all luck, so differences are taken world by world, over "
         "five years, 512 or 1,024 worlds an arm; numbers are means +- one standard error. A claim "
         "holds or is refused where its 99 % interval lies on one side, and of several parts where "
         "all do. Effects of levers and nearly all else that decides are judgements (grade D): "
         "what follows is what these assumptions imply, not evidence about companies. No parameter "
         "was moved to turn a finding.\n\n";
  row(out, {"id", "claim", "measured", "estimate", "verdict"});
  out << "| --- | --- | --- | --- | --- |\n";
  for (const Finding& f : page.findings)
    row(out, {f.id, f.claim, f.measured, f.estimate, name_of(f.verdict)});
  out << "\nWhere a claim does not hold:\n\n";
  for (const Finding& f : page.findings)
    if (f.verdict != Verdict::holds) out << "- " << f.id << ": " << remark_on(f.id) << '\n';
}

}  // namespace

std::string markdown(const Page& page, const Lab& lab) {
  std::ostringstream out;
  out << "# Model checks\n\n"
      << "What the enterprise model must do whatever its parameters are (identities: tests in "
         "every "
         "build), and what comes out of it (findings: estimates, published as they come). Written "
         "by `model_checks` (`tests/checks`) from "
      << lab.worlds_run() << " worlds, of which " << lab.failed()
      << " failed; the test `model_checks` fails where a verdict changes.\n";
  out << "\n## Identities\n\n" << identities();
  findings(out, page);
  out << "\n## Numbers\n";
  for (const Table& t : page.tables) table(out, t);
  return out.str();
}

}  // namespace chasm::checks
