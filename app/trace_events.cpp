#include "app/trace_events.hpp"

#include <fmt/format.h>

#include <cmath>

#include "app/text.hpp"

namespace chasm {

namespace {

const Event& event_of(const Study& study, const Note& note) {
  return study.model->events.at(note.event);
}

// The name that a number stands for, or nothing.
const char* label_of(const EventValue& value, double number) {
  if (value.labels == nullptr || !(number >= 0) || number >= value.label_count) return nullptr;
  return value.labels[static_cast<size_t>(number)];
}

// "promise=12.3k USD/week": hundredths of a currency are shown as the currency.
std::string in_words(const Study& study, const EventValue& value, double number) {
  if (const char* label = label_of(value, number)) return fmt::format("{}={}", value.name, label);
  std::string unit = unit_in(study.currency, value.unit);
  constexpr std::string_view hundredth = "/100";
  if (const size_t at = unit.find(hundredth); at != std::string::npos) {
    unit.erase(at, hundredth.size());
    number /= 100;
    return fmt::format("{}={} {}", value.name,
                       std::abs(number) < 1e15
                           ? (number < 0 ? "-" : "") +
                                 grouped(static_cast<uint64_t>(std::llround(std::abs(number))))
                           : rounded(number),
                       unit);
  }
  return fmt::format("{}={}{}{}", value.name, rounded(number), unit.empty() ? "" : " ", unit);
}

}  // namespace

std::string events_as_text(const Study& study, const std::vector<const Note*>& notes) {
  TextTable table({std::string(study.model->step), "event", "about", "what"});
  for (const Note* note : notes) {
    const Event& event = event_of(study, *note);
    std::string what;
    for (int i = 0; i < note->count; ++i)
      what += (i == 0 ? "" : "  ") + in_words(study, event.values[i], note->values[i]);
    table.add({std::to_string(note->step), event.name,
               *event.entity == '\0' ? "" : fmt::format("{} {}", event.entity, note->entity),
               what});
  }
  return table.text();
}

std::string events_as_csv(const Study& study, const std::vector<const Note*>& notes) {
  std::string out =
      fmt::format("note,{},event,about,number,value,is,label,unit\n", study.model->step);
  size_t number = 0;
  for (const Note* note : notes) {
    const Event& event = event_of(study, *note);
    for (int i = 0; i < note->count; ++i) {
      const char* label = label_of(event.values[i], note->values[i]);
      out += fmt::format("{},{},{},{},{},{},{},{},{}\n", number, note->step, event.name,
                         event.entity, *event.entity == '\0' ? "" : std::to_string(note->entity),
                         event.values[i].name, note->values[i], label == nullptr ? "" : label,
                         unit_in(study.currency, event.values[i].unit));
    }
    ++number;
  }
  return out;
}

nlohmann::ordered_json events_as_json(const Study& study, const std::vector<const Note*>& notes) {
  auto out = nlohmann::ordered_json::array();
  for (const Note* note : notes) {
    const Event& event = event_of(study, *note);
    nlohmann::ordered_json one{{std::string(study.model->step), note->step}, {"event", event.name}};
    if (*event.entity != '\0') one[event.entity] = note->entity;
    for (int i = 0; i < note->count; ++i) {
      const double value = note->values[i];
      auto& cell = one["values"][event.values[i].name];
      if (const char* label = label_of(event.values[i], value))
        cell = label;
      else if (std::isfinite(value))
        cell = value;
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace chasm
