#pragma once

// Adoption on networks written straight from its words: one agent after the other, one Bernoulli trial a period, lists of
// neighbours in vectors. An oracle that shares neither code nor random numbers with the model.

#include <functional>
#include <random>
#include <vector>

namespace chasm::test {

using Network = std::vector<std::vector<int>>;  // [agent], its neighbours

Network ring_network(int agents, int degree);
Network watts_strogatz_network(int agents, int degree, double rewiring, std::mt19937_64& luck);
// The ring after every tie, with that chance, has swapped ends with another.
Network swapped_ring_network(int agents, int degree, double rewiring, std::mt19937_64& luck);
Network erdos_renyi_network(int agents, double degree, std::mt19937_64& luck);
Network barabasi_albert_network(int agents, int links, std::mt19937_64& luck);

struct DiffusionSetting {
  int periods = 100;
  double p = 0.001, q = 0.1, dt = 1;
  int threshold = 0;  // 0: simple contagion
  int seeds = 0;
  bool neighbourhood = false;  // seeds with all of their neighbours
  std::function<double(int)> extra_p = [](int) { return 0.0; };  // by period, from 1
};

struct DiffusionOutcome {
  std::vector<double> adopted;         // share at the end of period 0, 1, ...
  double time_to(double share) const;  // first period, or NaN
  double peak() const;                 // most new adopters in a period, share of agents
};

DiffusionOutcome diffusion_oracle(const DiffusionSetting&, const Network&, std::mt19937_64& luck);

}  // namespace chasm::test
