#pragma once

// Numbers with their standard errors, and what may be concluded from them.

#include <functional>
#include <string>
#include <vector>

#include "sim/statistics.hpp"
#include "tests/checks/lab.hpp"

namespace chasm::checks {

struct Number {
  double value = 0, error = 0;
};

enum class Verdict { holds, refused, undecided };
std::string name_of(Verdict);

// Of a number that a claim says is above `least`: decided where its 99 % interval (2.58 standard errors) lies on one side.
Verdict above(Number, double least = 0);
Verdict below(Number, double most = 0);
// Holds where all hold; refused where one is.
Verdict all(const std::vector<Verdict>&);

std::vector<double> sum(double a, const std::vector<double>& x, double b,
                        const std::vector<double>& y);
std::vector<double> minus(const std::vector<double>& x, const std::vector<double>& y);
// Mean over worlds; worlds without a value are left out.
Number mean(const std::vector<double>&);
// (d - c) - (b - a): what both do beyond the sum of each.
Number interaction(const std::vector<double>& none, const std::vector<double>& one,
                   const std::vector<double>& other, const std::vector<double>& both);
// Ratio of the means of two values of the same worlds (delta method).
Number ratio(const std::vector<double>& part, const std::vector<double>& whole);
// Any statistic of sums over blocks, with its jackknife error: `statistic` is given the cells of a total summed over blocks.
Number jackknife(const std::vector<std::vector<int64_t>>& blocks,
                 const std::function<double(const std::vector<double>&)>& statistic);

// Where a curve over a grid has its best point, in worlds drawn again and again from those there are (paired bootstrap).
struct Peak {
  size_t best = 0;            // of the means
  double position = 0;        // mean number of the best point over the draws
  double error = 0;           // its standard deviation
  std::vector<double> draws;  // the number of the best point in each draw
};
Peak peak(const std::vector<std::vector<double>>& curve);
// That a curve has its highest point inside: above both ends.
Verdict interior(const std::vector<std::vector<double>>& curve);

// "+10.2 +- 1.1"; digits after the point follow the error.
std::string text(Number, bool with_sign = false);
std::string text(double value, int digits);

}  // namespace chasm::checks
