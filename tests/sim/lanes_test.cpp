// Every operation of sim/lanes.hpp and sim/wide.hpp against plain C++, on every width and instruction set: edges crossed with edges, and
// random bits.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <type_traits>

#include "tests/sim/lane_programs.hpp"

namespace chasm {
namespace {

using lane_test::LaneProgram;

// A mask's lane: 0 or -1.
enum class Yes : int32_t { no = 0, yes = -1 };
Yes yes(bool is) { return is ? Yes::yes : Yes::no; }

template <class T>
std::vector<T> edges() {
  if constexpr (std::is_same_v<T, Yes>) {
    return {Yes::no, Yes::yes};
  } else if constexpr (std::is_floating_point_v<T>) {
    using Limits = std::numeric_limits<T>;
    std::vector<T> out = {0,
                          Limits::denorm_min(),
                          Limits::min() / 2,
                          Limits::min(),
                          T(0.25),
                          std::nextafter(T(0.5), T(0)),
                          T(0.5),
                          std::nextafter(T(0.5), T(1)),
                          std::nextafter(T(1), T(0)),
                          1,
                          T(1.5),
                          2,
                          T(2.5),
                          T(3.5),
                          T(4194303.5),
                          T(8388607.5),
                          T(8388608),
                          T(16777217),
                          T(2147483520),
                          T(2147483647),
                          T(2147483648),
                          T(4294967296),
                          T(0x1p51) + T(0.5),
                          T(0x1p52),
                          T(1e30),
                          Limits::max(),
                          Limits::infinity(),
                          Limits::quiet_NaN()};
    for (size_t each = 0, count = out.size(); each < count; ++each) out.push_back(-out[each]);
    return out;
  } else if constexpr (sizeof(T) == 8) {
    std::vector<T> out = {
        0,           1,          2,          100,        0xffffff,       0x1000000,
        0x7fffffff,  0x80000000, 0x80000001, 0xffffffff, 0x100000000,    0x1ffffffff,
        0x123456789, 1LL << 40,  1LL << 53,  1LL << 61,  (1LL << 62) - 1};
    for (size_t each = 0, count = out.size(); each < count; ++each) out.push_back(-out[each]);
    return out;
  } else if constexpr (std::is_signed_v<T>) {
    return {
        0,         1,          -1,         2,           -2,          3,
        127,       -128,       65535,      65536,       -65536,      0x00ffffff,
        0x1000001, 0x7fffff80, 0x7fffffff, -0x7fffffff, -0x7f000001, std::numeric_limits<T>::min()};
  } else {
    return {0,          1,          2,          3,          31,         0x7fff,     0xffff,
            0x10000,    0x10001,    0x7fffffff, 0x80000000, 0x80000001, 0xaaaaaaaa, 0x55555555,
            0xffff0000, 0xfffffffe, 0xffffffff, 0x01000001, 0xffffff80, 0xffffff7f};
  }
}

template <class T>
T random_value(std::mt19937_64& random) {
  if constexpr (std::is_same_v<T, Yes>) {
    return yes(random() >> 63);
  } else if constexpr (std::is_floating_point_v<T>) {
    using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
    if (random() >> 63) return std::bit_cast<T>(static_cast<Bits>(random()));
    return std::uniform_real_distribution<T>(-1000, 1000)(random);
  } else if constexpr (sizeof(T) == 8) {
    return static_cast<T>(random()) >> (1 + random() % 63);
  } else {
    return static_cast<T>(random()) >> (random() % 32);
  }
}

// Column `which` of the inputs: all pairs of edges, then random values.
template <class T>
std::vector<T> column(int which) {
  const std::vector<T> edge = edges<T>();
  std::vector<T> out(16384);
  std::mt19937_64 random(which);
  for (size_t row = 0; row < out.size(); ++row) {
    const size_t pair = which == 0 ? row % edge.size() : which == 1 ? row / edge.size() : row * 7;
    const bool done = row >= edge.size() * edge.size();
    out[row] = done ? random_value<T>(random) : edge[pair % edge.size()];
  }
  return out;
}

template <class T>
bool same(T a, T b) {
  // Which NaN an operation gives is the processor's business.
  if (a != a && b != b) return true;
  return std::memcmp(&a, &b, sizeof a) == 0;
}

template <class T>
std::string text(T value) {
  if constexpr (std::is_enum_v<T>)
    return value == Yes::yes ? "yes" : "no";
  else if constexpr (std::is_floating_point_v<T>)
    return (std::ostringstream() << std::hexfloat << value).str();
  else
    return std::to_string(value);
}

template <class Real, class T>
constexpr char kind = std::is_same_v<T, Yes>        ? 'm'
                      : std::is_same_v<T, Real>     ? 'f'
                      : std::is_same_v<T, int32_t>  ? 'i'
                      : std::is_same_v<T, uint32_t> ? 'u'
                      : std::is_same_v<T, int64_t>  ? 'w'
                                                    : '?';

template <class Real, class Out, class... In>
void expect_columns(const LaneProgram& program, const char* name, Out (*oracle)(In...),
                    const std::vector<In>&... in) {
  ASSERT_EQ(lane_test::kernel(program, name).kinds,
            std::string({kind<Real, In>..., '>', kind<Real, Out>}))
      << name;
  const std::vector<Out> out = lane_test::apply<Out>(program, name, in...);
  int shown = 0;
  for (size_t row = 0; row < out.size() && shown < 5; ++row) {
    const Out expected = oracle(in[row]...);
    if (same(out[row], expected)) continue;
    ++shown;
    std::string arguments;
    (arguments.append(" ").append(text(in[row])), ...);
    ADD_FAILURE() << name << arguments << ": " << text(out[row]) << " instead of "
                  << text(expected);
  }
}

template <class Real, class Out, class A>
void expect(const LaneProgram& program, const char* name, Out (*oracle)(A)) {
  expect_columns<Real>(program, name, oracle, column<A>(0));
}
template <class Real, class Out, class A, class B>
void expect(const LaneProgram& program, const char* name, Out (*oracle)(A, B)) {
  expect_columns<Real>(program, name, oracle, column<A>(0), column<B>(1));
}
template <class Real, class Out, class A, class B, class C>
void expect(const LaneProgram& program, const char* name, Out (*oracle)(A, B, C)) {
  expect_columns<Real>(program, name, oracle, column<A>(0), column<B>(1), column<C>(2));
}

template <class Real>
Real smaller(Real a, Real b) {
  return b < a ? b : a;
}
template <class Real>
Real larger(Real a, Real b) {
  return a < b ? b : a;
}

template <class Real>
int32_t to_int(Real x) {
  if (std::isnan(x)) return 0;
  // The largest int32_t that a float holds is 2^31 - 128.
  const Real high = sizeof(Real) == 4 ? Real(2147483520) : Real(2147483647);
  return static_cast<int32_t>(std::trunc(std::clamp(x, Real(-2147483648.0), high)));
}

template <class Real>
void reals(const LaneProgram& p) {
  expect<Real>(p, "add", +[](Real a, Real b) { return a + b; });
  expect<Real>(p, "subtract", +[](Real a, Real b) { return a - b; });
  expect<Real>(p, "multiply", +[](Real a, Real b) { return a * b; });
  expect<Real>(p, "divide", +[](Real a, Real b) { return a / b; });
  expect<Real>(p, "negate", +[](Real a) { return -a; });
  expect<Real>(p, "less", +[](Real a, Real b) { return yes(a < b); });
  expect<Real>(p, "less_equal", +[](Real a, Real b) { return yes(a <= b); });
  expect<Real>(p, "greater", +[](Real a, Real b) { return yes(a > b); });
  expect<Real>(p, "greater_equal", +[](Real a, Real b) { return yes(a >= b); });
  expect<Real>(p, "equal", +[](Real a, Real b) { return yes(a == b); });
  expect<Real>(p, "not_equal", +[](Real a, Real b) { return yes(a != b); });
  expect<Real>(p, "min", smaller<Real>);
  expect<Real>(p, "max", larger<Real>);
  expect<Real>(
      p, "clamp", +[](Real a, Real low, Real high) { return smaller(larger(a, low), high); });
  expect<Real>(p, "abs", +[](Real a) { return std::fabs(a); });
  expect<Real>(p, "floor", +[](Real a) { return std::floor(a); });
  expect<Real>(p, "round", +[](Real a) { return std::nearbyint(a); });
  expect<Real>(p, "sqrt", +[](Real a) { return std::sqrt(a); });
  expect<Real>(p, "fma", +[](Real a, Real b, Real c) { return std::fma(a, b, c); });
  expect<Real>(p, "select", +[](Yes m, Real a, Real b) { return m == Yes::yes ? a : b; });
  expect<Real>(p, "to_int", to_int<Real>);
  expect<Real>(p, "real_of_int", +[](int32_t a) { return static_cast<Real>(a); });
  expect<Real>(p, "real_of_word", +[](uint32_t a) { return static_cast<Real>(a); });
}

// Signed overflow is nobody's promise, so sums and products stay inside of an int32_t.
int32_t half(int32_t a) { return a >> 1; }
int32_t root(int32_t a) { return a >> 16; }

template <class Real>
void expect_ints(const LaneProgram& p, const char* name, int32_t (*fit)(int32_t),
                 int32_t (*oracle)(int32_t, int32_t)) {
  std::vector<int32_t> a = column<int32_t>(0), b = column<int32_t>(1);
  std::transform(a.begin(), a.end(), a.begin(), fit);
  std::transform(b.begin(), b.end(), b.begin(), fit);
  expect_columns<Real>(p, name, oracle, a, b);
}

template <class Real>
void ints(const LaneProgram& p) {
  using Int = int32_t;
  expect_ints<Real>(p, "int_add", half, [](Int a, Int b) { return a + b; });
  expect_ints<Real>(p, "int_subtract", half, [](Int a, Int b) { return a - b; });
  expect_ints<Real>(p, "int_multiply", root, [](Int a, Int b) { return a * b; });
  expect<Real>(p, "int_less", +[](Int a, Int b) { return yes(a < b); });
  expect<Real>(p, "int_less_equal", +[](Int a, Int b) { return yes(a <= b); });
  expect<Real>(p, "int_greater", +[](Int a, Int b) { return yes(a > b); });
  expect<Real>(p, "int_greater_equal", +[](Int a, Int b) { return yes(a >= b); });
  expect<Real>(p, "int_equal", +[](Int a, Int b) { return yes(a == b); });
  expect<Real>(p, "int_not_equal", +[](Int a, Int b) { return yes(a != b); });
  expect<Real>(p, "int_min", +[](Int a, Int b) { return std::min(a, b); });
  expect<Real>(p, "int_max", +[](Int a, Int b) { return std::max(a, b); });
  expect<Real>(p, "int_select", +[](Yes m, Int a, Int b) { return m == Yes::yes ? a : b; });
  std::vector<Int> places = column<Int>(1);
  for (Int& place : places) place &= 31;
  expect_columns<Real>(
      p, "int_shift_right", +[](Int a, Int b) { return a >> b; }, column<Int>(0), places);
  expect<Real>(p, "int_shift_right_3", +[](Int a) { return a >> 3; });
}

template <class Real>
void words(const LaneProgram& p) {
  using Word = uint32_t;
  expect<Real>(p, "word_add", +[](Word a, Word b) { return a + b; });
  expect<Real>(p, "word_subtract", +[](Word a, Word b) { return a - b; });
  expect<Real>(p, "word_multiply", +[](Word a, Word b) { return a * b; });
  expect<Real>(p, "word_less", +[](Word a, Word b) { return yes(a < b); });
  expect<Real>(p, "word_greater_equal", +[](Word a, Word b) { return yes(a >= b); });
  expect<Real>(p, "word_and", +[](Word a, Word b) { return a & b; });
  expect<Real>(p, "word_or", +[](Word a, Word b) { return a | b; });
  expect<Real>(p, "word_xor", +[](Word a, Word b) { return a ^ b; });
  expect<Real>(p, "word_not", +[](Word a) { return ~a; });
  std::vector<Word> places = column<Word>(1);
  for (Word& place : places) place &= 31;
  const std::vector<Word> a = column<Word>(0);
  expect_columns<Real>(p, "word_shift_left", +[](Word x, Word n) { return x << n; }, a, places);
  expect_columns<Real>(p, "word_shift_right", +[](Word x, Word n) { return x >> n; }, a, places);
  expect<Real>(p, "word_shift_left_7", +[](Word x) { return x << 7; });
  expect<Real>(p, "word_shift_right_31", +[](Word x) { return x >> 31; });
  expect<Real>(p, "word_select", +[](Yes m, Word x, Word y) { return m == Yes::yes ? x : y; });
  expect<Real>(p, "popcount", +[](Word x) { return static_cast<int32_t>(std::popcount(x)); });
  expect<Real>(p, "int_of_word", +[](Word x) { return std::bit_cast<int32_t>(x); });
  expect<Real>(p, "through_byte", +[](Word x) { return x & 0xff; });
  expect<Real>(p, "through_short", +[](Word x) { return x & 0xffff; });
  expect<Real>(p, "int_through_byte", +[](int32_t x) { return x & 0xff; });
  expect<Real>(p, "int_through_short", +[](int32_t x) { return x & 0xffff; });
  expect<Real>(p, "word_of_int", +[](int32_t x) { return static_cast<Word>(x); });
}

template <class Real>
void masks(const LaneProgram& p) {
  expect<Real>(p, "mask_and", +[](Yes a, Yes b) { return yes(a == Yes::yes && b == Yes::yes); });
  expect<Real>(p, "mask_or", +[](Yes a, Yes b) { return yes(a == Yes::yes || b == Yes::yes); });
  expect<Real>(p, "mask_xor", +[](Yes a, Yes b) { return yes(a != b); });
  expect<Real>(p, "mask_not", +[](Yes a) { return yes(a == Yes::no); });
  expect<Real>(p, "mask_bits", +[](Yes a) { return a == Yes::yes ? ~0u : 0u; });
}

// Every vector with no lane, one lane, all lanes but one and all lanes set.
void any_and_all(const LaneProgram& p) {
  const size_t width = p.width;
  std::vector<Yes> lanes;
  std::vector<uint32_t> words;
  for (size_t vector = 0; vector < 2 * width + 2; ++vector)
    for (size_t lane = 0; lane < width; ++lane) {
      const bool odd = lane == vector % (width + 1);
      lanes.push_back(yes(vector <= width ? odd : !odd));
      words.push_back(lanes.back() == Yes::no ? 0 : vector % 2 ? 1u : 0x80000000u);
    }
  while (lanes.size() % 16 != 0) lanes.push_back(Yes::no), words.push_back(0);
  const auto any = lane_test::apply<Yes>(p, "any", lanes);
  const auto all = lane_test::apply<Yes>(p, "all", lanes);
  const auto any_word = lane_test::apply<Yes>(p, "any_word", words);
  for (size_t row = 0; row < lanes.size(); ++row) {
    const auto first = lanes.begin() + row / width * width;
    const auto count = std::count(first, first + width, Yes::yes);
    EXPECT_EQ(any[row], yes(count > 0)) << row;
    EXPECT_EQ(any_word[row], yes(count > 0)) << row;
    EXPECT_EQ(all[row], yes(count == static_cast<long>(width))) << row;
  }
}

// Sums stay inside of 63 bits, as models must.
template <class Real>
void wides(const LaneProgram& p) {
  using Int = int64_t;
  using Word = uint32_t;
  expect<Real>(p, "wide_add", +[](Int a, Int b) { return a + b; });
  expect<Real>(p, "wide_subtract", +[](Int a, Int b) { return a - b; });
  expect<Real>(p, "wide_negate", +[](Int a) { return -a; });
  expect<Real>(p, "wide_less", +[](Int a, Int b) { return yes(a < b); });
  expect<Real>(p, "wide_less_equal", +[](Int a, Int b) { return yes(a <= b); });
  expect<Real>(p, "wide_greater", +[](Int a, Int b) { return yes(a > b); });
  expect<Real>(p, "wide_greater_equal", +[](Int a, Int b) { return yes(a >= b); });
  expect<Real>(p, "wide_equal", +[](Int a, Int b) { return yes(a == b); });
  expect<Real>(p, "wide_not_equal", +[](Int a, Int b) { return yes(a != b); });
  expect<Real>(p, "wide_min", +[](Int a, Int b) { return std::min(a, b); });
  expect<Real>(p, "wide_max", +[](Int a, Int b) { return std::max(a, b); });
  expect<Real>(p, "wide_select", +[](Yes m, Int a, Int b) { return m == Yes::yes ? a : b; });
  expect<Real>(p, "wide_of_int", +[](int32_t a) { return Int{a}; });
  expect<Real>(p, "wide_of_word", +[](Word a) { return Int{a}; });
  expect<Real>(p, "wide_of_number", +[](Word) { return Int{-77777777777}; });
  expect<Real>(
      p, "wide_multiply", +[](Word a, Word b) { return static_cast<Int>(uint64_t{a} * b); });
  std::vector<Word> fractions = column<Word>(1);
  for (Word& fraction : fractions) fraction = std::min(fraction, Word{1} << 24);
  expect_columns<Real>(
      p, "wide_times_fraction",
      +[](Int a, Word fraction) {
        __extension__ using Product = __int128;
        return static_cast<Int>((static_cast<Product>(a) * fraction) >> 24);
      },
      column<Int>(0), fractions);
  expect<Real>(
      p, "real_of_wide", +[](Int a) {
        return static_cast<Real>(static_cast<int32_t>(a >> 32)) * Real(4294967296.0) +
               static_cast<Real>(static_cast<Word>(a));
      });
}

// Bit k of the answer, in every lane, is a condition on lane k.
template <class A>
void expect_lane_bits(const LaneProgram& p, const char* name, bool (*condition)(A)) {
  const std::vector<A> a = column<A>(2);
  const auto bits = lane_test::apply<uint32_t>(p, name, a);
  for (size_t row = 0; row < a.size(); ++row) {
    const size_t first = row / p.width * p.width;
    uint32_t expected = 0;
    for (int lane = 0; lane < p.width; ++lane)
      expected |= uint32_t{condition(a[first + lane])} << lane;
    ASSERT_EQ(bits[row], expected) << name << " " << row;
  }
}
template <class Real>
void lanes_as_bits(const LaneProgram& p) {
  expect_lane_bits<Yes>(p, "lane_bits", [](Yes a) { return a == Yes::yes; });
  expect_lane_bits<Real>(p, "negative_bits", [](Real a) { return std::signbit(a); });
  expect_lane_bits<uint32_t>(p, "negative_short_bits",
                             [](uint32_t a) { return (a & 0x8000) != 0; });
}

class Lanes : public lane_test::OnEveryProgram {};
CHASM_ON_EVERY_PROGRAM(Lanes);

TEST_P(Lanes, Reals) { program().doubles ? reals<double>(program()) : reals<float>(program()); }
TEST_P(Lanes, Ints) { program().doubles ? ints<double>(program()) : ints<float>(program()); }
TEST_P(Lanes, Words) { program().doubles ? words<double>(program()) : words<float>(program()); }
TEST_P(Lanes, Masks) { program().doubles ? masks<double>(program()) : masks<float>(program()); }
TEST_P(Lanes, Wides) { program().doubles ? wides<double>(program()) : wides<float>(program()); }
TEST_P(Lanes, AsBits) {
  program().doubles ? lanes_as_bits<double>(program()) : lanes_as_bits<float>(program());
}
TEST_P(Lanes, AnyAndAll) { any_and_all(program()); }

}  // namespace
}  // namespace chasm
