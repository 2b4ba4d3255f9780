#include "app/initiative_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

#include "models/enterprise/events.hpp"
#include "sim/error.hpp"

namespace chasm {

namespace {

using enterprise::Cause;
using enterprise::Event;
using enterprise::Stage;

int whole(const Note& note, int value) { return static_cast<int>(note.values[value]); }

std::string how_it_ended(Cause cause, int stage) {
  switch (cause) {
    case Cause::killed:
      return fmt::format("stopped_at_{}", enterprise::gate_labels[stage - 1]);
    case Cause::technical:
      return "build_failed";
    case Cause::last_mile:
      return "lost_in_limbo";
    default:
      return stage == static_cast<int>(Stage::in_use) ? "withdrawn" : "given_up";
  }
}

void take(InitiativeRecord& record, const Note& note) {
  record.notes.push_back(&note);
  switch (static_cast<Event>(note.event)) {
    case Event::arises:
      record.arose = note.step;
      record.kind = whole(note, 0);
      record.cls = whole(note, 1);
      record.unit = whole(note, 2);
      record.value = note.values[3];
      record.is_true = note.values[4] != 0;
      break;
    case Event::becomes_known:
      record.known = note.step;
      break;
    case Event::starts:
      record.started = note.step;
      record.promise = record.charter = note.values[0];
      record.team = whole(note, 5);
      break;
    case Event::stage_entered:
      record.reached = std::max(record.reached, whole(note, 0));
      break;
    case Event::goes_live:
      record.live = note.step;
      record.reached = static_cast<int>(Stage::in_use);
      break;
    case Event::ends:
      record.ended = how_it_ended(static_cast<Cause>(whole(note, 0)), whole(note, 1));
      record.weeks = whole(note, 2);
      record.spent = note.values[3];
      record.run = note.values[4];
      record.charter = note.values[5];
      break;
    case Event::stands:
      record.ended =
          whole(note, 0) == static_cast<int>(Stage::in_use) ? "in_use" : "in_development";
      record.weeks = whole(note, 1);
      record.spent = note.values[2];
      record.run = note.values[3];
      record.charter = note.values[4];
      break;
    case Event::waterfall:
      record.waterfall.at(static_cast<size_t>(note.values[0])) =
          static_cast<int64_t>(note.values[1]);
      break;
    default:
      break;
  }
}

}  // namespace

int64_t InitiativeRecord::potential() const {
  return std::accumulate(waterfall.begin(), waterfall.end(), int64_t{0});
}

std::vector<InitiativeRecord> initiative_records(const std::vector<Note>& notes) {
  std::map<long, InitiativeRecord> of;
  for (const Note& note : notes)
    if (*enterprise::event_table[note.event].entity != '\0') take(of[note.entity], note);
  std::vector<InitiativeRecord> out;
  for (auto& [number, record] : of) {
    if (record.started == 0) continue;
    record.number = number;
    out.push_back(std::move(record));
  }
  return out;
}

const InitiativeRecord& initiative_numbered(const std::vector<InitiativeRecord>& all, long number,
                                            const std::string& world) {
  const auto at = std::lower_bound(all.begin(), all.end(), number,
                                   [](const InitiativeRecord& r, long n) { return r.number < n; });
  if (at != all.end() && at->number == number) return *at;
  if (all.empty())
    throw InputError(
        fmt::format("--initiative {}: world {} started no initiative (nothing was known, allowed "
                    "or affordable) "
                    "choose another world",
                    number, world));
  std::string near;
  if (at != all.begin()) near = fmt::format("{}", (at - 1)->number);
  if (at != all.end()) near += fmt::format("{}{}", near.empty() ? "" : " and ", at->number);
  throw InputError(fmt::format(
      "--initiative {}: world {} started no initiative of that number (it started {}; nearest: {}) "
      "choose one that --initiatives lists",
      number, world, all.size(), near));
}

void require_initiatives(const Model& model, const std::string& option) {
  const bool has = std::any_of(model.events.begin(), model.events.end(), [](const auto& event) {
    return std::string_view(event.entity) == "initiative";
  });
  if (!has)
    throw InputError(
        fmt::format("{}: {} has no initiatives (the model enterprise has) leave the option out",
                    option, model.name));
}

}  // namespace chasm
