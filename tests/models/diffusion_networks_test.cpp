// The drawn networks against what is known of them. Every statement names its standard error.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/diffusion/networks.hpp"
#include "sim/statistics.hpp"
#include "tests/models/diffusion_oracle.hpp"

namespace chasm {
namespace {

using diffusion::Kind;
using test::Network;

// The graph of future `number`, with one lane.
Network draw(Kind kind, int agents, int degree, float rewiring, uint32_t number) {
  using L = Lanes<float, 1>;
  diffusion::Shape shape{};
  shape.kind = kind;
  shape.agents = agents;
  shape.degree = degree;
  const int room = agents * degree + 100;
  std::vector<uint32_t> ends(2 * static_cast<size_t>(room)), chosen(static_cast<size_t>(room)),
      marks(static_cast<size_t>(diffusion::mark_words(room))),
      first(static_cast<size_t>(agents) + 1), neighbours(2 * static_cast<size_t>(room));
  diffusion::Scratch<1> scratch{diffusion::Ends<1>(ends.data()), Column<uint32_t>(chosen.data()),
                                Column<uint32_t>(marks.data())};
  diffusion::Graph<1> graph{Column<uint32_t>(first.data()), Column<uint32_t>(neighbours.data())};
  const Address<L> world{PhiloxKeys(99), L::U(number), L::U(0u)};
  EXPECT_TRUE(diffusion::draw_graph(world, shape, rewiring, room, graph, scratch));
  Network network(static_cast<size_t>(agents));
  for (int i = 0; i < agents; ++i)
    graph.each_neighbour(i, [&](int j) { network[static_cast<size_t>(i)].push_back(j); });
  return network;
}

double ties_of(const Network& network) {
  size_t ends = 0;
  for (const auto& of : network) ends += of.size();
  return static_cast<double>(ends) / 2;
}

// Watts and Strogatz: the share of pairs of an agent's neighbours who are neighbours, averaged over agents.
double clustering(const Network& network) {
  Moments all;
  for (const auto& of : network) {
    if (of.size() < 2) continue;
    int pairs = 0, tied = 0;
    for (size_t a = 0; a < of.size(); ++a)
      for (size_t b = 0; b < a; ++b, ++pairs) {
        const auto& there = network[static_cast<size_t>(of[a])];
        tied += std::find(there.begin(), there.end(), of[b]) != there.end() ? 1 : 0;
      }
    all.add(static_cast<double>(tied) / pairs);
  }
  return all.mean();
}

double ties_of_ring_left(const Network& network, int degree) {
  const auto agents = static_cast<int>(network.size());
  int left = 0;
  for (int i = 0; i < agents; ++i)
    for (const int j : network[static_cast<size_t>(i)]) {
      const int apart = std::abs(i - j);
      left += std::min(apart, agents - apart) <= degree / 2 ? 1 : 0;
    }
  return left / 2.0;
}

void expect_mean(const Moments& sample, double expected, const char* what) {
  const double error = sample.standard_deviation() / std::sqrt(static_cast<double>(sample.count()));
  EXPECT_LE(std::abs(sample.mean() - expected), 4 * error + 1e-9)
      << what << ": " << sample.mean() << " instead of " << expected << ", standard error "
      << error;
}

TEST(DiffusionNetworks, AreSimpleGraphs) {
  const auto check = [](Kind kind, int agents, int degree, float rewiring) {
    for (uint32_t number = 0; number < 20; ++number) {
      const Network network = draw(kind, agents, degree, rewiring, number);
      for (int i = 0; i < agents; ++i) {
        const auto& of = network[static_cast<size_t>(i)];
        const std::set<int> unique(of.begin(), of.end());
        EXPECT_EQ(unique.size(), of.size()) << "a tie twice";
        EXPECT_EQ(unique.count(i), 0u) << "a tie with oneself";
        for (const int j : of) {
          const auto& back = network[static_cast<size_t>(j)];
          EXPECT_NE(std::find(back.begin(), back.end(), i), back.end()) << "a tie one way";
        }
      }
      if (kind != Kind::erdos_renyi && kind != Kind::barabasi_albert) {
        EXPECT_EQ(ties_of(network), agents * (degree / 2));
      }
    }
  };
  for (const float rewiring : {0.f, .3f, 1.f}) {
    check(Kind::watts_strogatz, 200, 8, rewiring);
    check(Kind::watts_strogatz, 9, 8, rewiring);  // everybody is a neighbour already
    check(Kind::swapped_ring, 200, 6, rewiring);
    check(Kind::swapped_ring, 7, 6, rewiring);
  }
  check(Kind::erdos_renyi, 200, 5, 0);
  check(Kind::erdos_renyi, 2, 1, 0);
  check(Kind::barabasi_albert, 200, 6, 0);
  check(Kind::barabasi_albert, 5, 4, 0);  // hardly more than the first agents
}

TEST(DiffusionNetworks, WithoutRewiringTheRingIsTheRing) {
  const Network ring = test::ring_network(50, 6);
  for (const Kind kind : {Kind::ring, Kind::watts_strogatz, Kind::swapped_ring}) {
    Network network = draw(kind, 50, 6, 0, 1);
    for (size_t i = 0; i < 50; ++i) {
      auto expected = ring[i];
      std::sort(expected.begin(), expected.end());
      std::sort(network[i].begin(), network[i].end());
      EXPECT_EQ(network[i], expected);
    }
  }
}

// Of N K / 2 = 4,000 ties each moves with chance beta, to a place outside of the ring but for about K / N: the ties of the
// ring that are left have the mean and variance of a binomial.
TEST(DiffusionNetworks, WattsStrogatzRewiresItsShare) {
  Moments left;
  for (uint32_t number = 0; number < 400; ++number)
    left.add(ties_of_ring_left(draw(Kind::watts_strogatz, 1000, 8, .1f, number), 8));
  const double back =
      4000 * .1 * .1 * 8 / 1000;  // a moved tie lands on the place of another that has moved
  expect_mean(left, 4000 * .9 + back, "ties left");
  // The variance of 400 values has a relative standard error of 7 %.
  EXPECT_NEAR(left.variance() / (4000 * .1 * .9), 1, .28);
}

// Barrat & Weigt 2000, doi:10.1007/s100510050067: C(beta) / C(0) = (1 - beta)^3 up to 1 / N; C(0) = 3 (K - 2) / 4 (K - 1). Their
// C counts triangles over the whole graph; the average over agents lies above it where degrees differ, by at most .02.
TEST(DiffusionNetworks, WattsStrogatzClustering) {
  const double ring = clustering(draw(Kind::watts_strogatz, 2000, 10, 0, 0));
  EXPECT_NEAR(ring, 3.0 * 8 / (4 * 9), 1e-12);
  for (const float beta : {.02f, .1f, .3f, .6f}) {
    Moments c;
    for (uint32_t number = 0; number < 10; ++number)
      c.add(clustering(draw(Kind::watts_strogatz, 2000, 10, beta, number)) / ring);
    const double expected = std::pow(1 - static_cast<double>(beta), 3);
    const double error = c.standard_deviation() / std::sqrt(10.0);
    EXPECT_LT(error, .003);
    EXPECT_NEAR(c.mean(), expected, .02 + 4 * error) << beta;
  }
}

// Each agent is the new end of as many ties as any other: a chi-square test over agents of the 40,000 drawn ends.
TEST(DiffusionNetworks, WattsStrogatzEndsAreUniform) {
  const int agents = 40, graphs = 2000;
  std::vector<double> ends(agents, 0);
  double total = 0;
  for (uint32_t number = 0; number < graphs; ++number) {
    const Network network = draw(Kind::watts_strogatz, agents, 2, .5f, number);
    // An agent keeps its own tie to the next one, moved or not; what it has beyond that are ends that came to it.
    for (int i = 0; i < agents; ++i) {
      const double came = static_cast<double>(network[static_cast<size_t>(i)].size()) - 1;
      ends[static_cast<size_t>(i)] += came;
      total += came;
    }
  }
  EXPECT_EQ(total, agents * graphs);
  double chi_square = 0;
  for (const double count : ends)
    chi_square += std::pow(count - graphs, 2) /
                  (graphs * .75);  // half stay: a variance of .25, and .5 arrive
  EXPECT_LT(chi_square, 72.1) << "39 degrees of freedom, p = .001";
}

TEST(DiffusionNetworks, SwapsKeepDegreesAndMoveTheirShare) {
  Moments left, mixed;
  for (uint32_t number = 0; number < 400; ++number) {
    const Network network = draw(Kind::swapped_ring, 500, 6, .3f, number);
    for (const auto& of : network) EXPECT_EQ(of.size(), 6u);
    left.add(ties_of_ring_left(network, 6));
    if (number < 20) mixed.add(clustering(draw(Kind::swapped_ring, 500, 6, 1, number)));
  }
  // 1,500 ties: one stays with chance .7 e^-.3, neither chosen nor drawn by a chosen one. Of the others 6 / 500 would lie on the
  // ring again, where the place is free: half as often on average as at the end.
  const double moved = 1 - .7 * std::exp(-.3);
  expect_mean(left, 1500 * (1 - moved + moved * 6 / 500 * moved / 2), "ties left");
  // A random graph of equal degrees: clustering (K - 1) / N up to terms of the order of 1 / N.
  EXPECT_NEAR(mixed.mean(), 5.0 / 500, .006);
}

// Every one of the 15 pairs of 6 agents has a tie with chance 2 / 5, independently of the others: 20,000 graphs.
TEST(DiffusionNetworks, ErdosRenyiPairs) {
  const int graphs = 20000;
  std::map<std::pair<int, int>, int> seen;
  Moments ties;
  for (uint32_t number = 0; number < graphs; ++number) {
    const Network network = draw(Kind::erdos_renyi, 6, 2, 0, number);
    ties.add(ties_of(network));
    for (int i = 0; i < 6; ++i)
      for (const int j : network[static_cast<size_t>(i)])
        if (i < j) ++seen[{i, j}];
  }
  EXPECT_EQ(seen.size(), 15u);
  double chi_square = 0;
  for (const auto& [pair, count] : seen)
    chi_square += std::pow(count - .4 * graphs, 2) / (graphs * .4 * .6);
  EXPECT_LT(chi_square, 37.7) << "15 degrees of freedom, p = .001";
  expect_mean(ties, 6, "ties");
  EXPECT_NEAR(ties.variance() / (15 * .4 * .6), 1, 4 * std::sqrt(2.0 / graphs));
}

// Degrees of 1,000 agents: binomial with mean 8 and variance 8 (1 - 8 / 999); the number of ties binomial over 499,500 pairs.
TEST(DiffusionNetworks, ErdosRenyiDegrees) {
  Moments ties, degrees;
  for (uint32_t number = 0; number < 400; ++number) {
    const Network network = draw(Kind::erdos_renyi, 1000, 8, 0, number);
    ties.add(ties_of(network));
    for (const auto& of : network) degrees.add(static_cast<double>(of.size()));
  }
  expect_mean(ties, 4000, "ties");
  EXPECT_NEAR(ties.variance() / (4000 * (1 - 8.0 / 999)), 1, 4 * std::sqrt(2.0 / 400));
  EXPECT_NEAR(degrees.variance() / (8 * (1 - 8.0 / 999)), 1, 4 * std::sqrt(2.0 / 400000));
}

TEST(DiffusionNetworks, ErdosRenyiCompleteGraph) {
  const Network network = draw(Kind::erdos_renyi, 30, 29, 0, 5);
  for (const auto& of : network) EXPECT_EQ(of.size(), 29u);
}

// The chance of degree k in a large graph is 2 m (m + 1) / (k (k + 1) (k + 2)) (Dorogovtsev, Mendes & Samukhin 2000,
// doi:10.1103/PhysRevLett.85.4633), that of k or more m (m + 1) / (k (k + 1)): a tail of exponent 3.
TEST(DiffusionNetworks, BarabasiAlbertDegrees) {
  const int agents = 20000, m = 4, graphs = 10;
  std::map<int, double> at_least;
  Moments lowest;
  double logs = 0, tail = 0;
  for (uint32_t number = 0; number < graphs; ++number) {
    const Network network = draw(Kind::barabasi_albert, agents, 2 * m, 0, number);
    EXPECT_EQ(ties_of(network), m * (m + 1) / 2 + m * (agents - m - 1));
    int low = agents;
    for (const auto& of : network) {
      const auto k = static_cast<int>(of.size());
      low = std::min(low, k);
      for (const int bound : {4, 5, 6, 10, 20, 40}) at_least[bound] += k >= bound ? 1 : 0;
      if (k >= 20) {
        logs += std::log(k / 19.5);
        ++tail;
      }
    }
    EXPECT_EQ(low, m);
  }
  const double all = agents * graphs;
  for (const auto& [k, count] : at_least) {
    const double expected = m * (m + 1.0) / (k * (k + 1.0));
    const double error = std::sqrt(expected * (1 - expected) / all);
    // Ties drawn for one agent are different agents, which moves shares by less than 1 % of themselves.
    EXPECT_NEAR(count / all, expected, 4 * error + .01 * expected) << "degree " << k;
  }
  // Clauset, Shalizi & Newman 2009, doi:10.1137/070710111, equation 3.7: exponent 3 at k >> m, 2.9 +- .02 from k = 20 on
  // for the exact law above, whose tail is steeper than 3 for small k.
  const double exponent = 1 + tail / logs;
  EXPECT_NEAR(exponent, 3, 4 * (exponent - 1) / std::sqrt(tail) + .1);
}

}  // namespace
}  // namespace chasm
