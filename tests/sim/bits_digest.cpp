// Prints one hash of every kernel of lane_kernels.cpp over fixed inputs. Builds with another compiler, optimization level,
// instruction set or width print the same line for the same kind of real number:
//
//   c++ -std=c++20 -O2 -ffp-contract=off -I. -DCHASM_ISA=avx2 -mavx2 -mfma -mbmi -mbmi2 -mpopcnt \
//     -DCHASM_WIDTH=8 -DCHASM_REAL=float -DCHASM_SYMBOL=lanes tests/sim/bits_digest.cpp -o bits_digest && ./bits_digest
//
// `./bits_digest each` prints a hash for each kernel.

#include <cstdio>
#include <cstring>
#include <initializer_list>

#include "tests/sim/lane_kernels.cpp"

namespace {

using namespace chasm;
using Real = CHASM_REAL;
constexpr size_t count = 8192;

uint64_t mixed(uint64_t x) {
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
  x = (x ^ x >> 27) * 0x94d049bb133111eb;
  return x ^ x >> 31;
}

// Numbers as models have them, bits of every kind, and edges.
Real real_input(uint64_t row, uint64_t column) {
  const uint64_t bits = mixed(row * 8 + column + 1);
  const double unit = static_cast<double>(bits >> 11) * 0x1p-53;
  static const Real edges[] = {0,
                               Real(-0.0),
                               1,
                               -1,
                               Real(0.5),
                               Real(1e30),
                               Real(-1e30),
                               Real(0x1p-140),
                               Real(1) / Real(0.0),
                               Real(-1) / Real(0.0),
                               Real(2147483647)};
  switch (row % 5) {
    case 0:
      return static_cast<Real>(unit);
    case 1:
      return static_cast<Real>(200 * unit - 100);
    case 2:
      return edges[bits % 11];
    case 3:
      return static_cast<Real>(100000 * unit);
    default: {
      Real out;
      std::memcpy(&out, &bits, sizeof out);
      return out;
    }
  }
}

struct Columns {
  Real reals[3][count];
  uint32_t words[3][count];
  int32_t masks[3][count];
  int32_t ints[3][count];  // sums and products stay inside of an int32_t
  int32_t places[count];   // to shift by
  uint32_t future[count], replication[count], entity[count];
} in;

void fill() {
  for (size_t row = 0; row < count; ++row) {
    for (size_t column = 0; column < 3; ++column) {
      const uint64_t bits = mixed(row * 8 + column + 100000);
      in.reals[column][row] = real_input(row, column);
      in.words[column][row] = static_cast<uint32_t>(bits) >> (bits >> 32) % 32;
      in.masks[column][row] = bits >> 40 & 1 ? -1 : 0;
      in.ints[column][row] = static_cast<int32_t>(bits >> 48) - 32768;
    }
    in.places[row] = static_cast<int32_t>(mixed(row) % 32);
    in.future[row] = static_cast<uint32_t>(row / 64);
    in.replication[row] = static_cast<uint32_t>(row / 16 % 4);
    in.entity[row] = static_cast<uint32_t>(row % 16);
  }
}

const void* input(const char* name, char kind, int column) {
  if (column == 1 && std::strstr(name, "shift")) return in.places;
  switch (kind) {
    case 'f':
      return in.reals[column];
    case 'u':
      return in.words[column];
    case 'm':
      return in.masks[column];
    default:
      return in.ints[column];
  }
}

union Output {
  Real reals[count];
  uint32_t words[count];
} out;

// FNV-1a; which NaN the plain operations give is the processor's business.
uint64_t hash_of(char kind) {
  uint64_t hash = 0xcbf29ce484222325;
  for (size_t row = 0; row < count; ++row) {
    uint64_t bits = 0;
    if (kind == 'f')
      std::memcpy(&bits, &out.reals[row], sizeof(Real));
    else
      bits = out.words[row];
    if (kind == 'f' && out.reals[row] != out.reals[row]) bits = 0x7ff;
    for (int byte = 0; byte < 8; ++byte) hash = (hash ^ (bits >> (8 * byte) & 255)) * 0x100000001b3;
  }
  return hash;
}

// any and all look at groups of lanes; parts of the binomial and the Poisson distribution have arguments within bounds,
// and the draws below show them.
bool left_out(const char* name) {
  for (const char* each :
       {"any", "all", "any_word", "lane_bits", "negative_bits", "negative_short_bits",
        "binomial_proposal", "binomial_log_chance", "binomial_by_inversion", "poisson_proposal",
        "poisson_log_chance", "poisson_by_inversion"})
    if (!std::strcmp(name, each)) return true;
  return false;
}

}  // namespace

int main(int argument_count, char** arguments) {
  const bool each = argument_count > 1 && !std::strcmp(arguments[1], "each");
  fill();
  uint64_t all = 0;
  const auto add = [&](const char* name, char kind) {
    const uint64_t hash = hash_of(kind);
    all = mixed(all ^ hash);
    if (each) std::printf("%016llx %s\n", static_cast<unsigned long long>(hash), name);
  };
  const lane_test::LaneProgram& program = CHASM_SYMBOL;
  for (int at = 0; at < program.kernel_count; ++at) {
    const lane_test::Kernel& kernel = program.kernels[at];
    const size_t inputs = std::strlen(kernel.kinds) - 2;
    if (left_out(kernel.name)) continue;
    const void* columns[3];
    for (size_t column = 0; column < inputs; ++column)
      columns[column] = input(kernel.name, kernel.kinds[column], static_cast<int>(column));
    void* outputs[] = {&out};
    kernel.run(columns, outputs, count);
    add(kernel.name, kernel.kinds[inputs + 1]);
  }
  for (int at = 0; at < program.draw_count; ++at) {
    const lane_test::DrawKernel& draw = program.draws[at];
    const size_t inputs = std::strlen(draw.kinds) - 2;
    const void* columns[3];
    for (size_t column = 0; column < inputs; ++column)
      columns[column] = input(draw.name, draw.kinds[column], static_cast<int>(column));
    draw.run({20240607, in.future, in.replication, in.entity, 3, 7}, columns, &out, count);
    add(draw.name, draw.kinds[inputs + 1]);
  }
  std::printf("%016llx %s\n", static_cast<unsigned long long>(all),
              program.doubles ? "double" : "float");
}
