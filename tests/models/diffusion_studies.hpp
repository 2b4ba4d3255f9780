#pragma once

// Studies of the diffusion model for tests.

#include <string>
#include <utility>
#include <vector>

#include "models/models.hpp"
#include "tests/models/diffusion_oracle.hpp"
#include "tests/support/studies.hpp"

namespace chasm::test {

inline const Model& diffusion_model() { return diffusion::model(); }

// Periods of one year, p = .001 and q = .1 a year, all series of all worlds kept.
Study diffusion_study(const std::string& kind, int agents, uint64_t worlds, int periods);

void choose(Study&, const std::string& choice, const std::string& option);
void set(Study&, const std::string& parameter, double value);

// A table of ties; the study's network becomes "file".
void use_ties(Study&, const std::vector<std::pair<int, int>>& ties);

// The network that the study's worlds share.
Network shared_network(const Study&);

// [world], the share of adopters at the end of every period.
std::vector<std::vector<float>> courses(const Study&, const Worlds&);

}  // namespace chasm::test
