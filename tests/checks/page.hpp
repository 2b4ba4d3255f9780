#pragma once

// The page of checks: findings and tables, as Markdown.

#include <string>
#include <vector>

#include "tests/checks/measure.hpp"

namespace chasm::checks {

struct Finding {
  std::string id, claim, measured, estimate;
  Verdict verdict = Verdict::undecided;
};

struct Table {
  std::string title, note;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

struct Page {
  std::vector<Finding> findings;
  std::vector<Table> tables;
};

void facts(Lab&, Page&);
void levers(Lab&, Page&);
void mechanisms(Lab&, Page&);
void curves(Lab&, Page&);
void interplay(Lab&, Page&);
void courses(Lab&, Page&);
void patterns(Lab&, Page&);
void futures(Lab&, Page&);

std::string markdown(const Page&, const Lab&);

}  // namespace chasm::checks
