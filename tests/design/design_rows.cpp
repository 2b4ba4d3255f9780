// design_rows saltelli|saltelli2|morris COUNT: rows of that design for Ishigami's parameters, for salib_test.py.

#include <cstdio>
#include <cstdlib>
#include <string>

#include "sobol_indices.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  using namespace chasm;
  const std::string method = argv[1];
  const Model model = testing::ishigami_model();
  DesignSpec spec =
      testing::uniform_spec(method == "morris" ? DesignMethod::morris : DesignMethod::saltelli,
                            std::strtoull(argv[2], nullptr, 10), model, 3);
  spec.second_order = method == "saltelli2";
  for (const auto& row : testing::rows(*make_futures(spec, model)))
    std::printf("%.17g %.17g %.17g\n", row[0], row[1], row[2]);
}
