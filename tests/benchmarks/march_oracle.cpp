// The straightforward C++ program of March (1991) as a peer: march_oracle WORLDS P1 prints worlds/s and mean knowledge.

#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "tests/models/march1991_oracle.hpp"

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const int worlds = std::atoi(arguments[1]);
  chasm::test::MarchSetting setting;
  setting.p1 = std::atof(arguments[2]);
  std::mt19937_64 luck(1);
  const std::clock_t begin = std::clock();
  double total = 0;
  for (int i = 0; i < worlds; ++i) total += chasm::test::march_oracle(setting, luck).code_knowledge;
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%.6g %.4f\n", worlds / seconds, total / worlds);
}
