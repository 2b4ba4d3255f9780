// Compiled once per model, instruction set and lane width; see cmake/ChasmModel.cmake.
#include "sim/run_tile.hpp"
#include CHASM_MODEL_HEADER

#define CHASM_TEXT_(x) #x
#define CHASM_TEXT(x) CHASM_TEXT_(x)

namespace chasm::CHASM_MODEL {

Program CHASM_SYMBOL() {
  using L = Lanes<CHASM_REAL, CHASM_WIDTH>;
  return make_program<CHASM_MODEL::Rules, L>(CHASM_TEXT(CHASM_ISA));
}

}  // namespace chasm::CHASM_MODEL
