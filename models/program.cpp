// Compiled once per model, instruction set and lane width; see cmake/ChasmModel.cmake.
#include "sim/run_tile.hpp"
#include CHASM_MODEL_HEADER

#define CHASM_TEXT_(x) #x
#define CHASM_TEXT(x) CHASM_TEXT_(x)

namespace chasm::CHASM_MODEL {

// Constant data: listing the programs executes nothing that was compiled for a processor which may not be this one.
extern const Program CHASM_SYMBOL;
constinit const Program CHASM_SYMBOL =
    make_program<CHASM_MODEL::Rules, Lanes<CHASM_REAL, CHASM_WIDTH, 1, CHASM_TRACED>>(
        CHASM_TRACED ? "trace" : CHASM_TEXT(CHASM_ISA));

}  // namespace chasm::CHASM_MODEL
