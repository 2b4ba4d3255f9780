#include "app/trace_initiatives.hpp"

#include <fmt/format.h>

#include "app/text.hpp"
#include "models/enterprise/events.hpp"

namespace chasm {

using namespace enterprise;

std::string initiatives_as_text(const Study& study, const std::vector<InitiativeRecord>& all) {
  const std::string thousands = fmt::format("[1000 {}]", study.currency);
  TextTable table({"number", "kind", "class", "unit", "started", "reached", "ended", "weeks",
                   "spent " + thousands, "promised " + thousands + "/week", "realised " + thousands,
                   "of potential"});
  const auto in_thousands = [](double cents) { return fmt::format("{:.0f}", cents * 1e-5); };
  for (const InitiativeRecord& r : all)
    table.add(
        {std::to_string(r.number), kind_names[r.kind], class_names[r.cls], std::to_string(r.unit),
         std::to_string(r.started), stage_labels[r.reached], r.ended, std::to_string(r.weeks),
         in_thousands(r.spent + r.run), fmt::format("{:.1f}", r.charter * 1e-5),
         in_thousands(static_cast<double>(r.realised())),
         fmt::format("{:.0f} %", r.potential() == 0 ? 0.0
                                                    : 100.0 * static_cast<double>(r.realised()) /
                                                          static_cast<double>(r.potential()))});
  return table.text();
}

nlohmann::ordered_json as_json(const InitiativeRecord& r) {
  nlohmann::ordered_json out{{"number", r.number},
                             {"kind", kind_names[r.kind]},
                             {"class", class_names[r.cls]},
                             {"unit", r.unit},
                             {"team", r.team},
                             {"arose", r.arose},
                             {"known", r.known},
                             {"started", r.started},
                             {"reached", stage_labels[r.reached]},
                             {"ended", r.ended},
                             {"weeks", r.weeks},
                             {"live", r.live},
                             {"is_true", r.is_true},
                             {"value", r.value},
                             {"promise", r.promise},
                             {"charter", r.charter},
                             {"spent", r.spent},
                             {"run", r.run}};
  for (int cause = 0; cause < causes; ++cause)
    out["waterfall"][cause_names[cause]] = r.waterfall[static_cast<size_t>(cause)];
  return out;
}

std::string initiatives_as_csv(const std::vector<InitiativeRecord>& all) {
  std::string out =
      "number,kind,class,unit,team,arose,known,started,reached,ended,weeks,live,is_true,value,"
      "promise,charter,spent,run";
  for (const char* cause : cause_names) out += fmt::format(",waterfall.{}", cause);
  out += "\n";
  for (const InitiativeRecord& r : all) {
    out += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}", r.number,
                       kind_names[r.kind], class_names[r.cls], r.unit, r.team, r.arose, r.known,
                       r.started, stage_labels[r.reached], r.ended, r.weeks, r.live,
                       r.is_true ? 1 : 0, r.value, r.promise, r.charter, r.spent, r.run);
    for (const int64_t amount : r.waterfall) out += fmt::format(",{}", amount);
    out += "\n";
  }
  return out;
}

}  // namespace chasm
