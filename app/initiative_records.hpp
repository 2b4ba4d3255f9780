#pragma once

// What became of each initiative of a traced world, put together from the notes of the enterprise model.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/enterprise/causes.hpp"
#include "sim/model.hpp"

namespace chasm {

struct InitiativeRecord {
  long number = 0;  // of its opportunity
  int kind = 0, cls = 0, unit = 0, team = 0;
  bool is_true = false;
  int arose = 0, known = 0, started = 0;  // weeks
  int reached = 0;                        // the furthest enterprise::Stage
  std::string ended;                      // "in_use", "stopped_at_build", "given_up"
  int weeks = 0;                          // from its start to its end or the world's
  int live = 0;                           // week in which it came into use, 0 where it never did
  double value = 0, promise = 0, charter = 0;           // cents a week; charter: as it last was
  double spent = 0, run = 0;                            // cents, on development and on use
  std::array<int64_t, enterprise::causes> waterfall{};  // cents since its start
  std::vector<const Note*> notes;                       // its own, in order

  int64_t realised() const { return waterfall[enterprise::causes - 1]; }
  int64_t potential() const;
};

// In the order of their numbers. The records point into the notes.
std::vector<InitiativeRecord> initiative_records(const std::vector<Note>& notes);

// Throws InputError, which names those nearest to it.
const InitiativeRecord& initiative_numbered(const std::vector<InitiativeRecord>&, long number,
                                            const std::string& world);

// Throws InputError where the model has none.
void require_initiatives(const Model&, const std::string& option);

}  // namespace chasm
