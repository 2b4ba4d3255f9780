#pragma once

// The kinds of marginals behind make_marginal; each states what its numbers must be and refuses others.

#include <memory>
#include <string>

#include "sim/design/marginal.hpp"

namespace chasm {

// Where draws may fall: the parameter's range, for whole numbers half a step wider at both ends.
struct Cut {
  const Parameter& parameter;
  double low, high;
};

// Less than this inside the range counts as nothing.
inline constexpr double least_mass = 1e-9;

// The shortest decimal that reads back as the same number.
std::string number_text(double);

// "learning.rate is 0..1 per period": the range for messages.
std::string range_text(const Parameter&);

// Throws InputError: uncertain parameter "x": <problem> (<why>) <what to do>.
[[noreturn]] void refuse(const Parameter&, const std::string& text);
[[noreturn]] void refuse_no_mass(const Parameter&, const std::string& distribution);

std::unique_ptr<Marginal> make_point(const Distribution&, const Cut&);
std::unique_ptr<Marginal> make_discrete(const Distribution&, const Cut&);
std::unique_ptr<Marginal> make_uniform(double low, double high, const Cut&);
std::unique_ptr<Marginal> make_log_uniform(double low, double high, const Cut&);
std::unique_ptr<Marginal> make_triangular(double low, double mode, double high, const Cut&);
std::unique_ptr<Marginal> make_exponential(double mean, const Cut&);
std::unique_ptr<Marginal> make_normal(double mean, double deviation, const Cut&);
std::unique_ptr<Marginal> make_lognormal(double log_median, double log_deviation, const Cut&);
std::unique_ptr<Marginal> make_beta(double a, double b, double low, double high, const Cut&);
std::unique_ptr<Marginal> make_elicited(const Distribution&, const Cut&);

}  // namespace chasm
