#include "app/initiative_story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/text.hpp"
#include "models/enterprise/events.hpp"

namespace chasm {

using namespace enterprise;

namespace {

constexpr const char* gate_words[gates] = {"framing", "data", "build", "scale-up"};

std::string share(double part) { return fmt::format("{:.0f} %", 100 * part); }

// "19 weeks", "1 week"
std::string weeks(double count) {
  return count_of(static_cast<uint64_t>(std::llround(std::max(count, 0.0))), "week");
}

// Three digits are as many as a story bears.
std::string money(const Study& study, double cents) {
  const double amount = cents / 100;
  if (amount >= 999500) return fmt::format("{:.3g} million {}", amount / 1e6, study.currency);
  const double step = amount >= 99950 ? 1000 : amount >= 9995 ? 100 : amount >= 999.5 ? 10 : 1;
  return fmt::format(
      "{} {}",
      grouped(static_cast<uint64_t>(std::llround(amount / step) * static_cast<long long>(step))),
      study.currency);
}

std::string list(const std::vector<int>& numbers) {
  std::string out;
  for (size_t i = 0; i < numbers.size(); ++i)
    out += fmt::format("{}{}", i == 0 ? "" : i + 1 == numbers.size() ? " and " : ", ", numbers[i]);
  return out;
}

std::string words(const char* name) {
  std::string out = name;
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

// Lines of at most 100 characters; "65 %" stays together.
std::string wrapped(const std::string& text) {
  std::string out, line;
  size_t at = 0;
  while (at < text.size()) {
    size_t end = std::min(text.find(' ', at), text.size());
    if (text.compare(end, 2, " %") == 0) end = std::min(text.find(' ', end + 1), text.size());
    const std::string word = text.substr(at, end - at);
    if (!line.empty() && line.size() + 1 + word.size() > 100) {
      out += line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    at = end + 1;
  }
  return out + line + "\n";
}

class Story {
 public:
  Story(const Study& study, const InitiativeRecord& record) : study_(study), record_(record) {}

  std::string text() {
    text_ =
        fmt::format("Initiative {}: {}, for {}, of unit {}\n", record_.number,
                    words(kind_names[record_.kind]), words(class_names[record_.cls]), record_.unit);
    for (const Note* note : record_.notes) tell(*note);
    end();
    waterfall();
    return text_;
  }

 private:
  void say(const std::string& sentence) {
    paragraph_ += (paragraph_.empty() ? "" : " ") + sentence;
  }

  void close() {
    if (paragraph_.empty()) return;
    text_ += "\n" + wrapped(heading_.empty() ? paragraph_ : heading_ + " " + paragraph_);
    heading_.clear();
    paragraph_.clear();
  }

  static std::string queue(double ahead) {
    const auto requests = static_cast<uint64_t>(std::llround(std::max(ahead, 0.0)));
    return requests == 0 ? "with nobody before it"
                         : fmt::format("behind {}", count_of(requests, "other request"));
  }

  static std::string of_one_another(double understanding) {
    return fmt::format("understand {} of one another", share(understanding));
  }

  void tell(const Note& note) {
    const double* v = note.values;
    const int week = note.step;
    switch (static_cast<enterprise::Event>(note.event)) {
      case enterprise::Event::arises:
        say(week < 1 ? "The opportunity was there before the first week."
                     : fmt::format("The opportunity arose in week {}.", week));
        break;
      case enterprise::Event::becomes_known:
        say(
            fmt::format("It became known in week {}, through people who met outside of their "
                        "groups ({} of all contacts).",
                        week, share(v[1])));
        break;
      case enterprise::Event::starts:
        start(week, v);
        break;
      case enterprise::Event::stage_entered:
        close();
        stage_ = static_cast<int>(v[0]);
        entered_ = week;
        say(fmt::format("Work for {} of a full team.", weeks(std::max(v[1], 1.0))));
        say(fmt::format("Team {} and unit {} {}{}.", record_.team, record_.unit,
                        of_one_another(v[2]),
                        v[4] < 0.005 ? "; no translator helps them"
                                     : fmt::format("; translators take away {} of what is not "
                                                   "understood",
                                                   share(v[4]))));
        break;
      case enterprise::Event::stage_left:
        heading_ = fmt::format("{}, weeks {} to {}.", capital(words(stage_labels[stage_])),
                               entered_, week);
        close();
        break;
      case enterprise::Event::data_requested:
        say(fmt::format("It asked unit {} for data {}{}{}, {}.", static_cast<int>(v[0]),
                        static_cast<int>(v[1]), v[4] != 0 ? " (under privacy rules)" : "",
                        v[5] != 0 ? " (prepared before)" : "", queue(v[2])));
        break;
      case enterprise::Event::data_served:
        say(fmt::format("It had them all in week {}, {} later.", week, weeks(v[0])));
        break;
      case enterprise::Event::work_done:
        say(
            fmt::format("The work was done in week {}, after {} at it; what was meant is met to {}"
                        "{}.",
                        week, weeks(v[1]), share(v[3]),
                        v[0] >= static_cast<int>(Stage::build)
                            ? fmt::format(", technical quality is {}, data are ready to {}",
                                          share(v[4]), share(v[5]))
                            : ""));
        if (static_cast<int>(v[0]) == stages) say("It waited for a release.");
        break;
      case enterprise::Event::done_again:
        say(
            fmt::format("In week {} part of it had been misunderstood (met to {} only) and was "
                        "done again: {} more.",
                        week, share(v[3]), weeks(std::max(v[1], 1.0))));
        break;
      case enterprise::Event::built_again:
        say(fmt::format(
            "In week {} the build showed {} of the {} required, and was built again: {} "
            "more.",
            week, share(v[0]), share(v[1]), weeks(std::max(v[2], 1.0))));
        break;
      case enterprise::Event::build_failed:
        say(fmt::format("In week {} the build showed {} of the {} required, and was given up.",
                        week, share(v[0]), share(v[1])));
        break;
      case enterprise::Event::gate:
        decide(week, v);
        break;
      case enterprise::Event::charter:
        say(fmt::format("By what the pilot showed, its charter was set from {} to {} a week.",
                        money(study_, v[0]), money(study_, v[1])));
        break;
      case enterprise::Event::insight:
        ++insights_;
        acted_ += v[2] != 0;
        benefits_ += v[3] != 0;
        break;
      case enterprise::Event::dispute:
        say(
            fmt::format("In week {} team and unit fell out (they {}, trust of the unit is {}), and "
                        "it stood still for {}.",
                        week, of_one_another(v[1]), share(v[2]), weeks(v[0])));
        break;
      case enterprise::Event::early_indicator:
        say(fmt::format("After 26 weeks its leading indicator was {:.2f}.", v[0]));
        break;
      case enterprise::Event::lost_in_limbo:
        say(
            fmt::format("In week {} it was dropped, {} after its pilot had ended well "
                        "(sponsorship {}).",
                        week, weeks(v[0]), share(v[1])));
        break;
      case enterprise::Event::given_up:
        say(fmt::format("In week {} patience ran out, {} after its start.", week, weeks(v[0])));
        break;
      case enterprise::Event::goes_live:
        close();
        entered_ = week;
        stage_ = static_cast<int>(Stage::in_use);
        heading_ = fmt::format("In use from week {} on, {} after its start.", week, weeks(v[0]));
        say(fmt::format("It was for {:.0f} users at {}.", v[2],
                        count_of(static_cast<uint64_t>(v[1]), "site")));
        break;
      case enterprise::Event::site_reached:
        sites_.push_back(week);
        break;
      case enterprise::Event::adoption:
        say(fmt::format("In week {} {} of those it reached used it ({:.0f} of {:.0f}).", week,
                        v[0] < 0.3   ? "a quarter"
                        : v[0] < 0.6 ? "half"
                                     : "three quarters",
                        v[1], v[2]));
        break;
      case enterprise::Event::breaks:
        say(fmt::format("In week {} it broke, which took {} of its value.", week, share(v[0])));
        break;
      case enterprise::Event::retrained:
        retrained_.push_back(v[0]);
        break;
      case enterprise::Event::incident:
        say(fmt::format("In week {} an incident (severity {:.2g}, {}) stopped it for {}.", week,
                        v[0], money(study_, v[2]), weeks(v[1])));
        break;
      case enterprise::Event::stands:
        tell_sums();
        say(v[0] == static_cast<int>(Stage::in_use)
                ? fmt::format("When the world ends, {:.0f} of {:.0f} users use it.", v[5], v[6])
                : fmt::format("When the world ends, it is still in {}.",
                              words(stage_labels[static_cast<int>(v[0])])));
        break;
      case enterprise::Event::withdrawn:
        tell_sums();
        say(fmt::format("In week {} it was withdrawn (drift took {} of its value).", week,
                        share(v[0])));
        break;
      default:
        break;
    }
  }

  void start(int week, const double* v) {
    say(fmt::format("In week {} it was started, {}. It promised {} a week for {}.", week,
                    v[3] != 0 ? fmt::format("drawn from {:.0f} known proposals to explore", v[4])
                              : fmt::format("the best ranked of {:.0f} known proposals", v[4]),
                    money(study_, v[0]), money(study_, v[1])));
    say(fmt::format("Team {} took it on, which sits {}.", record_.team,
                    v[6] == v[7] ? "in the unit" : fmt::format("in unit {}", v[6])));
  }

  void decide(int week, const double* v) {
    say(fmt::format("In week {}, after {} of waiting, the council {} ({} gate).", week, weeks(v[2]),
                    v[1] != 0 ? "let it pass" : "stopped it", gate_words[static_cast<int>(v[0])]));
    say(fmt::format(
        "It believed in {} a week (evidence counted for {}, the promise for the rest), a "
        "chance of {} and {} still to spend.",
        money(study_, v[4]), share(v[3]), share(v[5]), money(study_, v[6])));
    say(fmt::format(
        "Misjudgement moved merit by {:+.2f}{}{}: {:.2f} against a bar of {:.2f}.", v[7],
        v[8] >= 0.005 ? fmt::format(", money already spent by {:+.2f}", v[8]) : "",
        v[9] > 0 ? fmt::format(", being a priority by {:+.2f}", v[9]) : "", v[10], v[11]));
  }

  // Of its use, what is told as a sum.
  void tell_sums() {
    if (!sites_.empty())
      say(fmt::format("Other sites followed in week{} {}.", sites_.size() == 1 ? "" : "s",
                      list(sites_)));
    if (!retrained_.empty())
      say(fmt::format("Drift was seen and retrained away {}, at losses of {} to {}.",
                      retrained_.size() == 1 ? "once" : fmt::format("{} times", retrained_.size()),
                      share(*std::min_element(retrained_.begin(), retrained_.end())),
                      share(*std::max_element(retrained_.begin(), retrained_.end()))));
    sites_.clear();
    retrained_.clear();
  }

  // What it cost and brought, and what nobody knew while it ran.
  void end() {
    tell_sums();
    if (insights_ > 0)
      say(fmt::format("It delivered {}: {} acted on, {} of benefit.",
                      count_of(static_cast<uint64_t>(insights_), "insight"), acted_, benefits_));
    say(fmt::format("It cost {}{}.", money(study_, record_.spent),
                    record_.run > 0
                        ? fmt::format(" to develop and {} to run", money(study_, record_.run))
                        : ""));
    close();
    say(record_.is_true
            ? fmt::format("What nobody knew: its hypothesis was true, worth {} a week (its last "
                          "charter: {}).",
                          money(study_, record_.value), money(study_, record_.charter))
            : fmt::format(
                  "What nobody knew: its hypothesis was false. The {} a week that it seemed "
                  "to be worth were never there.",
                  money(study_, record_.value)));
    close();
  }

  void waterfall() {
    const auto all = static_cast<double>(record_.potential());
    TextTable table({"where its value went", study_.currency, "share"});
    const auto add = [&](const std::string& name, double cents) {
      table.add({name, grouped(static_cast<uint64_t>(std::llround(cents / 100))),
                 share(all > 0 ? cents / all : 0)});
    };
    for (int cause = 0; cause < causes; ++cause)
      if (const auto amount = record_.waterfall[static_cast<size_t>(cause)]; amount != 0)
        add(words(cause_names[cause]), static_cast<double>(amount));
    const int counted = study_.steps - record_.started + 1;
    add(fmt::format("{} x {} a week", weeks(counted), money(study_, record_.value)), all);
    text_ += "\n" + table.text();
  }

  const Study& study_;
  const InitiativeRecord& record_;
  std::string text_, heading_, paragraph_;
  int stage_ = 0, entered_ = 0, insights_ = 0, acted_ = 0, benefits_ = 0;
  std::vector<int> sites_;
  std::vector<double> retrained_;
};

}  // namespace

std::string story_of(const Study& study, const InitiativeRecord& record) {
  return Story(study, record).text();
}

}  // namespace chasm
