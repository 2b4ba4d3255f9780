#pragma once

// Where value goes. Every week the full potential flow of every opportunity goes to these bars and to no other.

namespace chasm::enterprise {

enum class Cause : int {
  false_hypothesis = 0,  // believed, but never there
  undiscovered = 1,      // nobody knows of it
  misprioritised = 2,    // known, not started, though the best portfolio of this size would hold it
  capacity = 3,          // known, not started, and rightly so
  lead_time = 4,         // nominal work
  gate_wait = 5,         // waits for the council
  killed = 6,            // stopped at a gate
  data_wait = 7,         // waits for data
  technical = 8,         // rework or failure of the build
  silo = 9,              // rework from misunderstanding, disputes
  last_mile = 10,        // legacy integration, release windows, pilot limbo
  abandoned = 11,        // given up: patience ran out, or withdrawn from use
  incident = 12,         // paused after an incident
  data_quality = 13,     // in use: factors, in this order
  technical_quality = 14,
  fidelity = 15,
  rollout = 16,  // sites not reached, place in the workflow
  adoption = 17,
  drift = 18,
  review = 19,  // slowed by human review
  realised = 20,
};
inline constexpr int causes = 21;
inline constexpr int first_factor = static_cast<int>(Cause::data_quality);
inline constexpr int factors = static_cast<int>(Cause::realised) - first_factor;

inline constexpr const char* cause_names[causes] = {
    "false_hypothesis", "undiscovered", "misprioritised", "capacity",     "lead_time",
    "gate_wait",        "killed",       "data_wait",      "technical",    "silo",
    "last_mile",        "abandoned",    "incident",       "data_quality", "technical_quality",
    "fidelity",         "rollout",      "adoption",       "drift",        "review",
    "realised"};

}  // namespace chasm::enterprise
