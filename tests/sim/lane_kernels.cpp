// Compiled with CHASM_ISA, CHASM_WIDTH, CHASM_REAL and CHASM_SYMBOL.

#include "tests/sim/lane_kernels.hpp"

#include "sim/distributions.hpp"
#include "sim/lanes.hpp"
#include "sim/math.hpp"
#include "sim/random.hpp"
#include "sim/wide.hpp"

namespace chasm {
inline namespace CHASM_ISA {
namespace {

using lane_test::DrawKernel;
using lane_test::Kernel;
using lane_test::LaneProgram;
using lane_test::Place;

constexpr int W = CHASM_WIDTH;
using Real = CHASM_REAL;
using L = Lanes<Real, W>;
using F = L::F;
using I = L::I;
using U = L::U;
using M = L::M;

// A bool (any, all) is stored in every lane.
template <class V>
struct Array;
template <>
struct Array<F> {
  static constexpr char kind = 'f';
  static F load(const void* from, size_t at) {
    return F::load(static_cast<const Real*>(from) + at);
  }
  static void store(F x, void* to, size_t at) { x.store(static_cast<Real*>(to) + at); }
};
template <>
struct Array<I> {
  static constexpr char kind = 'i';
  static I load(const void* from, size_t at) {
    return I::load(static_cast<const int32_t*>(from) + at);
  }
  static void store(I x, void* to, size_t at) { x.store(static_cast<int32_t*>(to) + at); }
};
template <>
struct Array<U> {
  static constexpr char kind = 'u';
  static U load(const void* from, size_t at) {
    return U::load(static_cast<const uint32_t*>(from) + at);
  }
  static void store(U x, void* to, size_t at) { x.store(static_cast<uint32_t*>(to) + at); }
};
template <>
struct Array<M> {
  static constexpr char kind = 'm';
  static M load(const void* from, size_t at) { return M::of(Array<I>::load(from, at)); }
  static void store(M m, void* to, size_t at) { Array<I>::store(m.bits, to, at); }
};
template <>
struct Array<Wide<W>> {
  static constexpr char kind = 'w';
  static Wide<W> load(const void* from, size_t at) {
    Wide<W> x;
    for (int lane = 0; lane < W; ++lane)
      x.set(lane, static_cast<const int64_t*>(from)[at + static_cast<size_t>(lane)]);
    return x;
  }
  static void store(Wide<W> x, void* to, size_t at) {
    for (int lane = 0; lane < W; ++lane)
      static_cast<int64_t*>(to)[at + static_cast<size_t>(lane)] = x.get(lane);
  }
};
template <>
struct Array<bool> {
  static constexpr char kind = 'm';
  static void store(bool all, void* to, size_t at) { Array<M>::store(M(all), to, at); }
};

template <class Out, class... In>
struct Kinds {
  static constexpr char text[] = {Array<In>::kind..., '>', Array<Out>::kind, 0};
};

template <class Function, class A>
void run(const void* const* in, void* const* out, size_t count) {
  for (size_t at = 0; at < count; at += W) {
    auto y = Function::of(Array<A>::load(in[0], at));
    Array<decltype(y)>::store(y, out[0], at);
  }
}
template <class Function, class A, class B>
void run(const void* const* in, void* const* out, size_t count) {
  for (size_t at = 0; at < count; at += W) {
    auto y = Function::of(Array<A>::load(in[0], at), Array<B>::load(in[1], at));
    Array<decltype(y)>::store(y, out[0], at);
  }
}
template <class Function, class A, class B, class C>
void run(const void* const* in, void* const* out, size_t count) {
  for (size_t at = 0; at < count; at += W) {
    auto y = Function::of(Array<A>::load(in[0], at), Array<B>::load(in[1], at),
                          Array<C>::load(in[2], at));
    Array<decltype(y)>::store(y, out[0], at);
  }
}

template <class Function, class... In, class Out>
constexpr Kernel kernel(const char* name, Out (*)(In...)) {
  return {name, Kinds<Out, In...>::text, run<Function, In...>};
}

// clang-format off
#define FUNCTION(name, arguments, ...) \
  struct name##_ { static CHASM_OP auto of arguments { return __VA_ARGS__; } };

FUNCTION(add, (F a, F b), a + b)
FUNCTION(subtract, (F a, F b), a - b)
FUNCTION(multiply, (F a, F b), a * b)
FUNCTION(divide, (F a, F b), a / b)
FUNCTION(negate, (F a), -a)
FUNCTION(less, (F a, F b), a < b)
FUNCTION(less_equal, (F a, F b), a <= b)
FUNCTION(greater, (F a, F b), a > b)
FUNCTION(greater_equal, (F a, F b), a >= b)
FUNCTION(equal, (F a, F b), a == b)
FUNCTION(not_equal, (F a, F b), a != b)
FUNCTION(min, (F a, F b), min(a, b))
FUNCTION(max, (F a, F b), max(a, b))
FUNCTION(clamp, (F a, F low, F high), clamp(a, low, high))
FUNCTION(abs, (F a), abs(a))
FUNCTION(floor, (F a), floor(a))
FUNCTION(round, (F a), round(a))
FUNCTION(sqrt, (F a), sqrt(a))
FUNCTION(fma, (F a, F b, F c), fma(a, b, c))
FUNCTION(select, (M m, F a, F b), select(m, a, b))
FUNCTION(to_int, (F a), to_int(a))
FUNCTION(real_of_int, (I a), convert<F>(a))
FUNCTION(real_of_word, (U a), convert<F>(a))

FUNCTION(int_add, (I a, I b), a + b)
FUNCTION(int_subtract, (I a, I b), a - b)
FUNCTION(int_multiply, (I a, I b), a * b)
FUNCTION(int_less, (I a, I b), a < b)
FUNCTION(int_less_equal, (I a, I b), a <= b)
FUNCTION(int_greater, (I a, I b), a > b)
FUNCTION(int_greater_equal, (I a, I b), a >= b)
FUNCTION(int_equal, (I a, I b), a == b)
FUNCTION(int_not_equal, (I a, I b), a != b)
FUNCTION(int_min, (I a, I b), min(a, b))
FUNCTION(int_max, (I a, I b), max(a, b))
FUNCTION(int_select, (M m, I a, I b), select(m, a, b))
FUNCTION(int_shift_right, (I a, I b), a >> b)
FUNCTION(int_shift_right_3, (I a), a >> 3)

FUNCTION(word_add, (U a, U b), a + b)
FUNCTION(word_subtract, (U a, U b), a - b)
FUNCTION(word_multiply, (U a, U b), a * b)
FUNCTION(word_less, (U a, U b), a < b)
FUNCTION(word_greater_equal, (U a, U b), a >= b)
FUNCTION(word_and, (U a, U b), a & b)
FUNCTION(word_or, (U a, U b), a | b)
FUNCTION(word_xor, (U a, U b), a ^ b)
FUNCTION(word_not, (U a), ~a)
FUNCTION(word_shift_left, (U a, U b), a << b)
FUNCTION(word_shift_right, (U a, U b), a >> b)
FUNCTION(word_shift_left_7, (U a), a << 7)
FUNCTION(word_shift_right_31, (U a), a >> 31)
FUNCTION(word_select, (M m, U a, U b), select(m, a, b))
FUNCTION(popcount, (U a), popcount(a))
FUNCTION(int_of_word, (U a), bits_as<I>(a))
FUNCTION(word_of_int, (I a), convert<U>(a))

FUNCTION(through_byte, (U a), convert<U>(convert<Vec<uint8_t, W>>(a)))
FUNCTION(through_short, (U a), convert<U>(convert<Vec<uint16_t, W>>(a)))
FUNCTION(int_through_byte, (I a), convert<I>(convert<Vec<uint8_t, W>>(a)))
FUNCTION(int_through_short, (I a), convert<I>(convert<Vec<uint16_t, W>>(a)))

FUNCTION(mask_and, (M a, M b), a & b)
FUNCTION(mask_or, (M a, M b), a | b)
FUNCTION(mask_xor, (M a, M b), a ^ b)
FUNCTION(mask_not, (M a), ~a)
FUNCTION(mask_bits, (M a), as_bits(a))
FUNCTION(any, (M a), any(a))
FUNCTION(all, (M a), all(a))
FUNCTION(any_word, (U a), any(a))
FUNCTION(lane_bits, (M a), U(lane_bits(a)))
FUNCTION(negative_bits, (F a), U(negative_bits(a)))
FUNCTION(negative_short_bits, (U a), U(negative_bits(bits_as<Vec<int16_t, W>>(convert<Vec<uint16_t, W>>(a)))))

FUNCTION(wide_add, (Wide<W> a, Wide<W> b), a + b)
FUNCTION(wide_subtract, (Wide<W> a, Wide<W> b), a - b)
FUNCTION(wide_negate, (Wide<W> a), -a)
FUNCTION(wide_less, (Wide<W> a, Wide<W> b), a < b)
FUNCTION(wide_less_equal, (Wide<W> a, Wide<W> b), a <= b)
FUNCTION(wide_greater, (Wide<W> a, Wide<W> b), a > b)
FUNCTION(wide_greater_equal, (Wide<W> a, Wide<W> b), a >= b)
FUNCTION(wide_equal, (Wide<W> a, Wide<W> b), a == b)
FUNCTION(wide_not_equal, (Wide<W> a, Wide<W> b), a != b)
FUNCTION(wide_min, (Wide<W> a, Wide<W> b), min(a, b))
FUNCTION(wide_max, (Wide<W> a, Wide<W> b), max(a, b))
FUNCTION(wide_select, (M m, Wide<W> a, Wide<W> b), select(m, a, b))
FUNCTION(wide_of_int, (I a), Wide<W>(a))
FUNCTION(wide_of_word, (U a), Wide<W>::from(a))
FUNCTION(wide_of_number, (U), Wide<W>(-77777777777L))
FUNCTION(wide_multiply, (U a, U b), multiply(a, b))
FUNCTION(wide_times_fraction, (Wide<W> a, U fraction), times_fraction(a, fraction))
FUNCTION(real_of_wide, (Wide<W> a), approximate<F>(a))

FUNCTION(exp, (F x), exp(x))
FUNCTION(expm1, (F x), expm1(x))
FUNCTION(log, (F x), log(x))
FUNCTION(log1p, (F x), log1p(x))
FUNCTION(pow, (F x, F y), pow(x, y))
FUNCTION(logistic, (F x), logistic(x))
FUNCTION(normal_quantile, (F p), normal_quantile(p))
FUNCTION(log1p_less, (F x), detail::log1p_less(x))
FUNCTION(stirling_rest, (F x), detail::stirling_rest(x))
FUNCTION(deviance, (F x), detail::deviance(x))

FUNCTION(threshold_below, (F p), threshold(p).below)
FUNCTION(threshold_always, (F p), threshold(p).always)
FUNCTION(uniform, (U w), uniform<L>(w))
FUNCTION(uniform_between, (U w, F low, F high), uniform_between<L>(w, low, high))
FUNCTION(uniform_below, (U w, U n), uniform_below<L>(w, n))
FUNCTION(normal, (U w), normal<L>(w))
FUNCTION(lognormal, (U w, F log_median, F sigma), lognormal<L>(w, log_median, sigma))
FUNCTION(exponential, (U w, F mean), exponential<L>(w, mean))
FUNCTION(binomial_proposal, (U w, F n, F p), detail::BinomialRejection<L>(n, p).propose(w).count)
FUNCTION(binomial_log_chance, (U w, F n, F p), detail::BinomialRejection<L>(n, p).propose(w).log_chance)
FUNCTION(binomial_by_inversion, (U w, F n, F p), detail::binomial_by_inversion<L>(w, n, p))
FUNCTION(poisson_proposal, (U w, F m), detail::PoissonRejection<L>(m).propose(w).count)
FUNCTION(poisson_log_chance, (U w, F m), detail::PoissonRejection<L>(m).propose(w).log_chance)
FUNCTION(poisson_by_inversion, (U w, F m), detail::poisson_by_inversion<L>(w, m))
#undef FUNCTION

#define KERNEL(name) kernel<name##_>(#name, &name##_::of)
constexpr Kernel kernels[] = {
    KERNEL(add), KERNEL(subtract), KERNEL(multiply), KERNEL(divide), KERNEL(negate), KERNEL(less),
    KERNEL(less_equal), KERNEL(greater), KERNEL(greater_equal), KERNEL(equal), KERNEL(not_equal),
    KERNEL(min), KERNEL(max), KERNEL(clamp), KERNEL(abs), KERNEL(floor), KERNEL(round), KERNEL(sqrt),
    KERNEL(fma), KERNEL(select), KERNEL(to_int), KERNEL(real_of_int), KERNEL(real_of_word),
    KERNEL(int_add), KERNEL(int_subtract), KERNEL(int_multiply), KERNEL(int_less),
    KERNEL(int_less_equal), KERNEL(int_greater), KERNEL(int_greater_equal), KERNEL(int_equal),
    KERNEL(int_not_equal), KERNEL(int_min), KERNEL(int_max), KERNEL(int_select),
    KERNEL(int_shift_right), KERNEL(int_shift_right_3), KERNEL(word_add), KERNEL(word_subtract),
    KERNEL(word_multiply), KERNEL(word_less), KERNEL(word_greater_equal), KERNEL(word_and),
    KERNEL(word_or), KERNEL(word_xor), KERNEL(word_not), KERNEL(word_shift_left),
    KERNEL(word_shift_right), KERNEL(word_shift_left_7), KERNEL(word_shift_right_31),
    KERNEL(word_select), KERNEL(popcount), KERNEL(int_of_word), KERNEL(word_of_int),
    KERNEL(mask_and), KERNEL(mask_or), KERNEL(mask_xor), KERNEL(mask_not), KERNEL(mask_bits),
    KERNEL(any), KERNEL(all), KERNEL(through_byte), KERNEL(through_short), KERNEL(int_through_byte), KERNEL(int_through_short),
    KERNEL(lane_bits), KERNEL(negative_bits), KERNEL(negative_short_bits),
    KERNEL(any_word), KERNEL(wide_add), KERNEL(wide_subtract),
    KERNEL(wide_negate), KERNEL(wide_less), KERNEL(wide_less_equal), KERNEL(wide_greater),
    KERNEL(wide_greater_equal), KERNEL(wide_equal), KERNEL(wide_not_equal), KERNEL(wide_min),
    KERNEL(wide_max), KERNEL(wide_select), KERNEL(wide_of_int), KERNEL(wide_of_word),
    KERNEL(wide_of_number), KERNEL(wide_multiply), KERNEL(wide_times_fraction), KERNEL(real_of_wide),
    KERNEL(exp), KERNEL(expm1), KERNEL(log),
    KERNEL(log1p), KERNEL(pow), KERNEL(logistic), KERNEL(normal_quantile), KERNEL(log1p_less),
    KERNEL(stirling_rest), KERNEL(deviance), KERNEL(threshold_below), KERNEL(threshold_always),
    KERNEL(uniform), KERNEL(uniform_between), KERNEL(uniform_below), KERNEL(normal),
    KERNEL(lognormal), KERNEL(exponential), KERNEL(binomial_proposal),
    KERNEL(binomial_log_chance), KERNEL(binomial_by_inversion), KERNEL(poisson_proposal),
    KERNEL(poisson_log_chance), KERNEL(poisson_by_inversion),
};
#undef KERNEL
// clang-format on

Address<L> address(const Place& place, size_t at) {
  return {PhiloxKeys(place.seed), Array<U>::load(place.future, at),
          Array<U>::load(place.replication, at)};
}

void words(const Place& place, uint32_t first, uint32_t* out, size_t count) {
  for (size_t at = 0; at < count; at += W) {
    const Address<L> where = address(place, at);
    const PhiloxBlock<W> block =
        where.at(place.decision, place.step, Array<U>::load(place.entity, at)).block(first / 4);
    for (int word = 0; word < 4; ++word) block.word[word].store(out + word * count + at);
  }
}

void any_counter(uint64_t key, const uint32_t* counter, uint32_t* out, size_t count) {
  const PhiloxKeys keys(key);
  for (size_t at = 0; at < count; at += W) {
    const PhiloxBlock<W> block =
        philox(U::load(counter + at), U::load(counter + count + at),
               U::load(counter + 2 * count + at), U::load(counter + 3 * count + at), keys);
    for (int word = 0; word < 4; ++word) block.word[word].store(out + word * count + at);
  }
}

template <class Function>
void draw(const Place& place, const void* const*, void* out, size_t count) {
  for (size_t at = 0; at < count; at += W) {
    const Address<L> where = address(place, at);
    auto y = Function::of(where.at(place.decision, place.step, Array<U>::load(place.entity, at)));
    Array<decltype(y)>::store(y, out, at);
  }
}
template <class Function, class A>
void draw(const Place& place, const void* const* in, void* out, size_t count) {
  for (size_t at = 0; at < count; at += W) {
    const Address<L> where = address(place, at);
    auto y = Function::of(where.at(place.decision, place.step, Array<U>::load(place.entity, at)),
                          Array<A>::load(in[0], at));
    Array<decltype(y)>::store(y, out, at);
  }
}
template <class Function, class A, class B>
void draw(const Place& place, const void* const* in, void* out, size_t count) {
  for (size_t at = 0; at < count; at += W) {
    const Address<L> where = address(place, at);
    auto y = Function::of(where.at(place.decision, place.step, Array<U>::load(place.entity, at)),
                          Array<A>::load(in[0], at), Array<B>::load(in[1], at));
    Array<decltype(y)>::store(y, out, at);
  }
}

template <class Function, class... In, class Out>
constexpr DrawKernel draw_kernel(const char* name, Out (*)(Words<L>&&, In...)) {
  return {name, Kinds<Out, In...>::text, draw<Function, In...>};
}

struct binomial_ {
  static I of(Words<L>&& words, I n, F p) {
    return binomial<L>(static_cast<Words<L>&&>(words), n, p);
  }
};
struct poisson_ {
  static I of(Words<L>&& words, F mean) { return poisson<L>(static_cast<Words<L>&&>(words), mean); }
};
struct beta_ {
  static F of(Words<L>&& words, F a, F b) { return beta<L>(static_cast<Words<L>&&>(words), a, b); }
};
struct happens_ {
  static M of(Words<L>&& words, F p) { return happens(words, threshold(p)); }
};
struct happens_each_ {
  static U of(Words<L>&& words, F p, U wanted) {
    return happens_each<L>(words, Digits<W>(threshold(p)), wanted);
  }
};
// Neighbour k has 2^-k of the chance.
template <int k>
struct happens_each_of_four_ {
  static U of(Words<L>&& words, F p, U wanted) {
    const Digits<W> chance[4] = {threshold(p), threshold(p * F(0.5)), threshold(p * F(0.25)),
                                 threshold(p * F(0.125))};
    const U all[4] = {wanted, wanted, wanted, wanted};
    U yes[4];
    happens_each_of_four<L>(
        words, Trials<W>::digits, [&](int j) -> const Digits<W>& { return chance[j]; }, all, yes);
    return yes[k];
  }
};
struct one_of_three_nonzero_ {
  static U of(Words<L>&& words, U wanted) {
    U nonzero, positive;
    one_of_three_each<L>(words, wanted, nonzero, positive);
    return nonzero;
  }
};
struct one_of_three_positive_ {
  static U of(Words<L>&& words, U wanted) {
    U nonzero, positive;
    one_of_three_each<L>(words, wanted, nonzero, positive);
    return positive;
  }
};
struct seventh_word_ {
  static U of(Words<L>&& words) {
    U word = words.word();
    for (int more = 0; more < 6; ++more) word = words.word();
    return word;
  }
};
struct seventh_word_by_skips_ {
  static U of(Words<L>&& words) {
    for (int skipped = 0; skipped < 6; ++skipped) words.skip();
    return words.word();
  }
};

#define KERNEL(name) draw_kernel<name##_>(#name, &name##_::of)
#define KERNEL_OF(name, k) draw_kernel<name##_<k>>(#name "_" #k, &name##_<k>::of)
constexpr DrawKernel draw_kernels[] = {
    KERNEL(binomial),
    KERNEL(poisson),
    KERNEL(beta),
    KERNEL(happens),
    KERNEL(happens_each),
    KERNEL_OF(happens_each_of_four, 0),
    KERNEL_OF(happens_each_of_four, 1),
    KERNEL_OF(happens_each_of_four, 2),
    KERNEL_OF(happens_each_of_four, 3),
    KERNEL(one_of_three_nonzero),
    KERNEL(one_of_three_positive),
    KERNEL(seventh_word),
    KERNEL(seventh_word_by_skips),
};
#undef KERNEL
#undef KERNEL_OF

}  // namespace
}  // namespace CHASM_ISA

#define CHASM_TEXT_OF(x) #x
#define CHASM_TEXT(x) CHASM_TEXT_OF(x)
extern const lane_test::LaneProgram CHASM_SYMBOL;
const lane_test::LaneProgram CHASM_SYMBOL = {
    CHASM_TEXT(CHASM_ISA),
    W,
    sizeof(Real) == 8,
    kernels,
    sizeof kernels / sizeof *kernels,
    draw_kernels,
    sizeof draw_kernels / sizeof *draw_kernels,
    words,
    any_counter,
};

}  // namespace chasm
