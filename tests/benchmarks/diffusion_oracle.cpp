// The straightforward C++ program of adoption on a network as a peer: diffusion_oracle WORLDS prints worlds/s and the mean
// share of adopters. 1,000 agents, one Watts-Strogatz graph of degree 8 and rewiring .1, 100 periods.

#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "tests/models/diffusion_oracle.hpp"

int main(int count, char** arguments) {
  if (count != 2) return 2;
  using namespace chasm::test;
  const int worlds = std::atoi(arguments[1]);
  std::mt19937_64 luck(1);
  const Network network = watts_strogatz_network(1000, 8, .1, luck);
  const std::clock_t begin = std::clock();
  double total = 0;
  for (int i = 0; i < worlds; ++i) total += diffusion_oracle({}, network, luck).adopted.back();
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%.6g %.4f\n", worlds / seconds, total / worlds);
}
