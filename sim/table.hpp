#pragma once

// What a model declares about itself, once. Loading, validation, `chasm describe`, the JSON Schema, HDF5
// attributes, sweep axes, messages and the generated reference all read these tables. Plain data without
// `std` types, so that code compiled for one instruction set and for devices can hold them.
// "{currency}" in the unit of a parameter, metric, total or event stands for the currency of the study.

#include "sim/function.hpp"
#include "sim/program.hpp"

namespace chasm {

// How well a default is known.
enum class Grade : char {
  measured = 'A',   // peer-reviewed or measured
  survey = 'B',     // large survey
  claim = 'C',      // vendor or consultant claim
  judgement = 'D',  // must be swept, never shown as evidence
  input = 'I',      // given by whoever asks, not estimated
};

// An element of an array in a struct that a table describes, where a plain member is named by a pointer to it.
template <class Struct, class T, int N>
struct Element {
  T (Struct::*array)[N];
  int index;
};
template <class Struct, class T, int N>
CHASM_OP constexpr Element<Struct, T, N> element(T (Struct::*array)[N], int index) {
  return {array, index};
}

// body(number) for the numbers 0 .. N - 1, each a constant: devices read a table of constants only where the place is one.
template <int I>
struct Number {
  static constexpr int value = I;
};
template <int N, int I = 0, class Body>
CHASM_OP constexpr void each_number(Body&& body) {
  if constexpr (I < N) {
    body(Number<I>{});
    each_number<N, I + 1>(body);
  }
}

// The number that a table entry describes.
template <class S, class Struct, class T>
CHASM_OP constexpr auto& member_of(S& s, T Struct::*member) {
  return s.*member;
}
template <class S, class Struct, class T, int N>
CHASM_OP constexpr auto& member_of(S& s, Element<Struct, T, N> element) {
  return (s.*element.array)[element.index];
}

struct Parameter {
  const char* name;  // "learning.socialisation"
  const char* unit;  // "1/period", "" for a pure number
  double value;      // default
  double low, high;  // inclusive
  Grade grade;
  const char* source;   // "March 1991, p. 74"
  const char* meaning;  // one line
  bool whole = false;   // whole numbers only
  // What is plausible, for "registered range" in studies: log-uniform here; the whole range where there is none.
  double plausible_low = 0, plausible_high = 0;

  constexpr bool has_plausible() const { return plausible_high > 0; }
};

// A count that is fixed for a study: it decides how much state a world has.
struct Size {
  const char* name;  // "individuals"
  long value;        // default
  long low, high;    // inclusive
  const char* meaning;
};

// A named choice that is fixed for a study ("network.kind").
struct Choice {
  const char* name;
  const char* const* options;  // names, in the order of the model's enumeration
  int count;
  int value;  // default
  const char* meaning;
};

// A file of data shared by all worlds of a study ("network.edges").
struct Table {
  const char* name;
  // "from,to"; ":text" behind a column of texts, then "?" behind one that a file may leave out: "unit:text,share?".
  const char* columns;
  const char* meaning;
};

enum class Storage : char { f32, f64 };

struct Metric {
  const char* name;  // "code_knowledge"
  const char* unit;
  const char* meaning;
  double low, high;  // the scale of its histogram
  Storage storage = Storage::f32;
  const char* group = "";  // "scorecard"...
  bool may_be_absent =
      false;  // a world may have no such value: stored as NaN (else NaN is a failure)
};

// An axis of a total: cells by name, or by their numbers 0, 1, 2... where there are no labels.
struct TotalAxis {
  const char* name;  // "cause"
  int size;
  const char* const* labels = nullptr;
};

// A sum over the worlds of an arm, exact: 64-bit whole numbers on axes of the model's own.
struct Total {
  static constexpr int most_axes = 3;

  const char* name;  // "lost_by_month"
  const char* unit;
  const char* meaning;
  TotalAxis axes[most_axes] = {};  // those without a name are not there

  constexpr int axis_count() const {
    int count = 0;
    while (count < most_axes && axes[count].name != nullptr) ++count;
    return count;
  }
  constexpr long cells() const {
    long count = 1;
    for (int i = 0; i < axis_count(); ++i) count *= axes[i].size;
    return count;
  }
};

// What one can do about it. A lever of strength 0 is the baseline, bit for bit.
struct Lever {
  const char* name;  // "campaign"
  const char* meaning;
  double ramp;       // steps to 1 - 1/e of its strength
  double half_life;  // steps to half its strength once stopped
  // Strength 1 is this many of something ("translators"); 0: it is not counted.
  double count = 0;
  const char* counted = "";
  double most = 1;  // the largest strength
  // Names of its settings, "authority,reach"; each is the parameter <lever>.<setting>, which an arm with the lever may set.
  const char* settings = "";
};

// A named random choice: enumerator values are appended, never renumbered.
struct DecisionName {
  unsigned short number;
  const char* name;
  const char* entity;  // what the entity number counts: "individual", "node"
};

// A number that an event tells.
struct EventValue {
  const char* name = nullptr;  // "promise"
  const char* unit = "";       // as of parameters
  // Where the number stands for a name: the names from 0 on.
  const char* const* labels = nullptr;
  int label_count = 0;
};
inline constexpr const char* no_yes[] = {"no", "yes"};

// Something that a traced world tells: numbers are appended, never renumbered.
struct Event {
  static constexpr int most_values = Note::most_values;

  unsigned short number;
  const char* name;    // "gate_decision"
  const char* entity;  // what the entity number counts; "" where it counts nothing
  const char* meaning;
  EventValue values[most_values] = {};  // those without a name are not there

  constexpr int value_count() const {
    int count = 0;
    while (count < most_values && values[count].name != nullptr) ++count;
    return count;
  }
};

// Why a world failed; numbers are stored in results, 0 is reserved for "did not fail" and 65535 for not_finite.
struct FailureReason {
  unsigned short number;
  const char* meaning;
};

inline constexpr FailureReason not_finite = {65535, "a metric is not a finite number"};

}  // namespace chasm
