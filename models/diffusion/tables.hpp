#pragma once

// What the model declares: adoption of an innovation after Bass, F. M. (1969). A new product growth for model
// consumer durables. Management Science 15(5), 215-227, doi:10.1287/mnsc.15.5.215, on populations with and without
// a network; and complex contagion after Centola, D. & Macy, M. (2007). Complex contagions and the weakness of long
// ties. American Journal of Sociology 113(3), 702-734, doi:10.1086/521848.

#include <cstdint>

#include "sim/function.hpp"
#include "sim/table.hpp"

namespace chasm::diffusion {

enum class Kind {
  mean_field,
  well_mixed,
  ring,
  watts_strogatz,
  swapped_ring,
  erdos_renyi,
  barabasi_albert,
  file,
};
inline constexpr const char* kind_names[] = {"mean-field",      "well-mixed",   "ring",
                                             "watts-strogatz",  "swapped-ring", "erdos-renyi",
                                             "barabasi-albert", "file"};

enum class Contagion { simple, threshold };
inline constexpr const char* contagion_names[] = {"simple", "threshold"};

enum class Placement { random, neighbourhood };
inline constexpr const char* placement_names[] = {"random", "neighbourhood"};

inline constexpr const char* no_yes[] = {"no", "yes"};

// Meetings with adopters are counted in 32 bits: so many neighbours in every period of the longest study.
inline constexpr int most_degree = 32767;

struct Shape {
  int agents;
  int degree;
  Kind kind;
  bool is_shared;
  Contagion contagion;
  Placement placement;

  constexpr bool has_network() const {
    return kind != Kind::mean_field && kind != Kind::well_mixed;
  }
  constexpr bool is_rewired() const {
    return kind == Kind::watts_strogatz || kind == Kind::swapped_ring;
  }
  // Every world draws a graph of its own.
  constexpr bool has_own_graphs() const {
    return has_network() && !is_shared && kind != Kind::ring && kind != Kind::file;
  }

  template <class Visit>
  static constexpr void each(Visit&& visit) {
    visit(&Shape::agents, Size{"agents", 1000, 1, 10000000, "members of the population"});
    visit(&Shape::degree,
          Size{"network.degree", 8, 1, most_degree,
               "ties an agent has on average; even, but for erdos-renyi (a file has its own)"});
  }
  template <class Visit>
  static constexpr void each_choice(Visit&& visit) {
    visit(&Shape::kind, Choice{"network.kind", kind_names, 8,
                               static_cast<int>(Kind::watts_strogatz), "who has ties with whom"});
    visit(&Shape::is_shared,
          Choice{"network.shared", no_yes, 2, 1,
                 "one drawn network for all worlds of the study, or one for each"});
    visit(&Shape::contagion,
          Choice{"contagion", contagion_names, 2, 0,
                 "neighbours raise the hazard of adoption, or a number of them causes it"});
    visit(&Shape::placement,
          Choice{"seeds.placement", placement_names, 2, 0,
                 "the first adopters lie anywhere, or are agents with all of their neighbours"});
  }
  template <class Visit>
  static constexpr void each_table(Visit&& visit) {
    visit(nullptr, Table{"network.edges", "from,to",
                         "the ties of network.kind = \"file\": agents 0, 1, ..., each tie once"});
  }
};

// What all worlds of a study share. The graph is null where every world draws its own, or none.
struct Shared {
  const uint32_t* first;       // [agents + 1], where an agent's neighbours begin
  const uint32_t* neighbours;  // [2 ties]
  int room;                    // ties that a graph may have
  int degree_room;             // neighbours that an agent may have
  double rewiring;             // with which the graph was drawn

  // visit(&Shared::member, numbers that it points to)
  template <class Visit>
  void each_array(const Shape& shape, Visit&& visit) const {
    if (first == nullptr) return;
    visit(&Shared::first, shape.agents + 1);
    visit(&Shared::neighbours, first[shape.agents]);
  }
};

enum class Decision : uint16_t {
  patience = 0,
  word = 1,
  adoption = 2,
  seed = 3,
  rewiring = 4,
  rewired_end = 5,
  gap = 6,
  attachment = 7,
  swap = 8,
};

inline constexpr DecisionName decision_names[] = {
    {0, "patience", "four agents"}, {1, "word", "word from outside"}, {2, "adoption", "none"},
    {3, "seed", "four draws"},      {4, "rewiring", "four ties"},     {5, "rewired_end", "tie"},
    {6, "gap", "four ties"},        {7, "attachment", "agent"},       {8, "swap", "tie"},
};

enum class Failure : uint16_t {
  none = 0,
  too_many_seeds = 1,
  too_many_ties = 2,
  too_many_neighbours = 3,
  other_rewiring = 4,
};

inline constexpr FailureReason failure_reasons[] = {
    {1, "more seeds than agents"},
    {2, "more ties drawn than a world has room for"},
    {3, "an agent with more than 32,767 neighbours"},
    {4, "network.rewiring differs from the study's value, with which the shared network was drawn"},
};

template <class F>
struct Params {
  F innovation, imitation, step_length, threshold, seeds, rewiring, campaign_innovation;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Params::innovation,
          Parameter{"innovation", "1/year", 0.03, 0, 100, Grade::measured,
                    "Bass 1969, p; mean of 213 applications in Sultan, Farley & Lehmann 1990",
                    "hazard of adoption from outside of the population"});
    visit(&Params::imitation,
          Parameter{"imitation", "1/year", 0.38, 0, 100, Grade::measured,
                    "Bass 1969, q; mean of 213 applications in Sultan, Farley & Lehmann 1990",
                    "hazard of adoption where all neighbours have adopted (simple contagion)"});
    visit(&Params::step_length,
          Parameter{"step_length", "year", 1.0 / 52, 0.0001, 10, Grade::judgement,
                    "weeks, as the rest of chasm counts", "length of one period"});
    visit(&Params::threshold,
          Parameter{"threshold", "", 2, 1, most_degree, Grade::judgement, "Centola & Macy 2007",
                    "neighbours who must have adopted (threshold contagion)", true});
    visit(&Params::seeds,
          Parameter{"seeds", "", 0, 0, 10000000, Grade::judgement, "Bass 1969 starts from none",
                    "adopters before the first period, by seeds.placement", true});
    visit(&Params::rewiring,
          Parameter{"network.rewiring", "", 0.1, 0, 1, Grade::judgement,
                    "Watts & Strogatz 1998, p; Centola & Macy 2007, p",
                    "share of the ring's ties that are rewired (watts-strogatz, swapped-ring)"});
    visit(&Params::campaign_innovation,
          Parameter{"effect.campaign.innovation", "1/year", 0.03, 0, 100, Grade::judgement,
                    "none: doubles the default of innovation",
                    "what a campaign of full strength adds to innovation"});
  }
};

template <class F>
struct Levers {
  F campaign;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(
        &Levers::campaign,
        Lever{"campaign", "advertising and other influence from outside of the population", 4, 13});
  }
};

template <class F>
struct Metrics {
  F adopted, time_to_10, time_to_50, time_to_90, peak_time, peak_rate;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Metrics::adopted, Metric{"adopted", "1", "share of agents who have adopted at the end",
                                    0, 1, Storage::f32, "adoption"});
    visit(&Metrics::time_to_10,
          Metric{"time_to_10", "year", "end of the first period with at least 10 % adopted", 0, 50,
                 Storage::f32, "adoption", true});
    visit(&Metrics::time_to_50,
          Metric{"time_to_50", "year", "end of the first period with at least 50 % adopted", 0, 50,
                 Storage::f32, "adoption", true});
    visit(&Metrics::time_to_90,
          Metric{"time_to_90", "year", "end of the first period with at least 90 % adopted", 0, 50,
                 Storage::f32, "adoption", true});
    visit(&Metrics::peak_time,
          Metric{"peak_time", "year", "end of the first period with the most new adopters", 0, 50,
                 Storage::f32, "adoption", true});
    visit(&Metrics::peak_rate,
          Metric{"peak_rate", "1/year", "new adopters of that period, share of agents a year", 0, 1,
                 Storage::f32, "adoption"});
  }
};

template <class F>
struct Series {
  F adopted, adoption_rate;

  template <class Visit>
  CHASM_FN static constexpr void each(Visit&& visit) {
    visit(&Series::adopted, Metric{"adopted", "1", "share of agents who have adopted", 0, 1});
    visit(&Series::adoption_rate,
          Metric{"adoption_rate", "1/year", "new adopters of the period, share of agents a year", 0,
                 1});
  }
};

}  // namespace chasm::diffusion
