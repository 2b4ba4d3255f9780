#include "tests/models/diffusion_oracle.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace chasm::test {

namespace {

double uniform(std::mt19937_64& luck) { return static_cast<double>(luck() >> 11) * 0x1p-53; }

int below(int n, std::mt19937_64& luck) { return static_cast<int>(uniform(luck) * n); }

bool has(const Network& network, int a, int b) {
  const auto& of = network[static_cast<size_t>(a)];
  return std::find(of.begin(), of.end(), b) != of.end();
}

void tie(Network& network, int a, int b) {
  network[static_cast<size_t>(a)].push_back(b);
  network[static_cast<size_t>(b)].push_back(a);
}

void untie(Network& network, int a, int b) {
  std::erase(network[static_cast<size_t>(a)], b);
  std::erase(network[static_cast<size_t>(b)], a);
}

}  // namespace

Network ring_network(int agents, int degree) {
  Network network(static_cast<size_t>(agents));
  for (int i = 0; i < agents; ++i)
    for (int j = 1; j <= degree / 2; ++j) tie(network, i, (i + j) % agents);
  return network;
}

Network watts_strogatz_network(int agents, int degree, double rewiring, std::mt19937_64& luck) {
  Network network = ring_network(agents, degree);
  for (int j = 1; j <= degree / 2; ++j)
    for (int i = 0; i < agents; ++i) {
      if (uniform(luck) >= rewiring) continue;
      if (static_cast<int>(network[static_cast<size_t>(i)].size()) == agents - 1) continue;
      int to = below(agents, luck);
      while (to == i || has(network, i, to)) to = below(agents, luck);
      untie(network, i, (i + j) % agents);
      tie(network, i, to);
    }
  return network;
}

Network swapped_ring_network(int agents, int degree, double rewiring, std::mt19937_64& luck) {
  Network network = ring_network(agents, degree);
  std::vector<std::pair<int, int>> ties;
  for (int i = 0; i < agents; ++i)
    for (int j = 1; j <= degree / 2; ++j) ties.emplace_back(i, (i + j) % agents);
  for (auto& [a, b] : ties) {
    if (uniform(luck) >= rewiring) continue;
    for (int attempt = 0; attempt < 16; ++attempt) {
      auto& other = ties[static_cast<size_t>(below(static_cast<int>(ties.size()), luck))];
      if (uniform(luck) < 0.5) std::swap(other.first, other.second);
      const auto [c, d] = other;
      if (a == c || a == d || b == c || b == d || has(network, a, d) || has(network, c, b))
        continue;
      untie(network, a, b);
      untie(network, c, d);
      tie(network, a, d);
      tie(network, c, b);
      other = {c, b};
      b = d;
      break;
    }
  }
  return network;
}

Network erdos_renyi_network(int agents, double degree, std::mt19937_64& luck) {
  Network network(static_cast<size_t>(agents));
  for (int i = 0; i < agents; ++i)
    for (int j = 0; j < i; ++j)
      if (uniform(luck) < degree / (agents - 1)) tie(network, i, j);
  return network;
}

Network barabasi_albert_network(int agents, int links, std::mt19937_64& luck) {
  Network network(static_cast<size_t>(agents));
  std::vector<int> stubs;
  const auto add = [&](int a, int b) {
    tie(network, a, b);
    stubs.push_back(a);
    stubs.push_back(b);
  };
  for (int i = 0; i <= links; ++i)
    for (int j = 0; j < i; ++j) add(i, j);
  for (int i = links + 1; i < agents; ++i) {
    std::vector<int> to;
    while (static_cast<int>(to.size()) < links) {
      const int drawn = stubs[static_cast<size_t>(below(static_cast<int>(stubs.size()), luck))];
      if (std::find(to.begin(), to.end(), drawn) == to.end()) to.push_back(drawn);
    }
    for (const int j : to) add(i, j);
  }
  return network;
}

double DiffusionOutcome::time_to(double share) const {
  for (size_t t = 0; t < adopted.size(); ++t)
    if (adopted[t] >= share) return static_cast<double>(t);
  return std::numeric_limits<double>::quiet_NaN();
}

double DiffusionOutcome::peak() const {
  double highest = 0;
  for (size_t t = 1; t < adopted.size(); ++t)
    highest = std::max(highest, adopted[t] - adopted[t - 1]);
  return highest;
}

DiffusionOutcome diffusion_oracle(const DiffusionSetting& p, const Network& network,
                                  std::mt19937_64& luck) {
  const auto agents = static_cast<int>(network.size());
  std::vector<char> adopted(network.size(), 0);
  for (int seeds = p.seeds; seeds > 0;) {
    const int agent = below(agents, luck);
    if (adopted[static_cast<size_t>(agent)] != 0) continue;
    adopted[static_cast<size_t>(agent)] = 1;
    --seeds;
    if (p.neighbourhood)
      for (const int other : network[static_cast<size_t>(agent)])
        adopted[static_cast<size_t>(other)] = 1;
    if (std::count(adopted.begin(), adopted.end(), 1) == agents) break;
  }
  DiffusionOutcome outcome;
  const auto record = [&] {
    outcome.adopted.push_back(static_cast<double>(std::count(adopted.begin(), adopted.end(), 1)) /
                              agents);
  };
  record();
  size_t highest = 0;
  for (const auto& of : network) highest = std::max(highest, of.size());
  // Chance to adopt, [neighbours][adopters among them], as long as the hazard from outside stays.
  std::vector<std::vector<double>> chance(highest + 1);
  double outside = std::numeric_limits<double>::quiet_NaN();
  const auto fill_chances = [&] {
    for (size_t d = 0; d <= highest; ++d) {
      chance[d].assign(d + 1, 0);
      for (size_t k = 0; k <= d; ++k) {
        const double share = d == 0 ? 0 : static_cast<double>(k) / static_cast<double>(d);
        const double hazard = outside + (p.threshold == 0 ? p.q * share : 0);
        chance[d][k] = 1 - std::exp(-hazard * p.dt);
      }
    }
  };
  for (int t = 1; t <= p.periods; ++t) {
    if (p.p + p.extra_p(t) != outside) {
      outside = p.p + p.extra_p(t);
      fill_chances();
    }
    std::vector<char> next = adopted;
    for (int i = 0; i < agents; ++i) {
      const auto at = static_cast<size_t>(i);
      if (adopted[at] != 0) continue;
      size_t k = 0;
      for (const int other : network[at])
        k += static_cast<size_t>(adopted[static_cast<size_t>(other)]);
      const bool convinced = p.threshold > 0 && k >= static_cast<size_t>(p.threshold);
      if (convinced || uniform(luck) < chance[network[at].size()][k]) next[at] = 1;
    }
    adopted = next;
    record();
  }
  return outcome;
}

}  // namespace chasm::test
