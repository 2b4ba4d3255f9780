#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/input/fields.hpp"
#include "sim/input/keys.hpp"
#include "sim/input/quantity.hpp"
#include "sim/random.hpp"

namespace chasm::input {
namespace {

uint64_t seed_of(const Item& item) {
  if (const int64_t* number = item.value->get<int64_t>()) {
    if (*number < 0) refuse(item, "is negative (a seed is 0 to 2^64 - 1) choose another");
    return static_cast<uint64_t>(*number);
  }
  const std::string* text = item.value->get<std::string>();
  if (text == nullptr) {
    refuse(item, fmt::format("{} is {} (a seed is a whole number, 0 to 2^64 - 1) write one",
                             shown(*item.value), kind_of(*item.value)));
  }
  const bool hexadecimal = text->starts_with("0x");
  const char* first = text->data() + (hexadecimal ? 2 : 0);
  const char* last = text->data() + text->size();
  uint64_t seed = 0;
  const auto [end, error] = std::from_chars(first, last, seed, hexadecimal ? 16 : 10);
  if (error != std::errc() || end != last) {
    refuse(item, fmt::format("{} is no seed (a whole number, 0 to 2^64 - 1) write one, such as "
                             "20260105 or \"0x1234abcd\"",
                             shown(*item.value)));
  }
  return seed;
}

bool is_control(unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; }

std::string title_of(const Item& item) {
  const std::string& title = text_of(item);
  if (title.empty() || title.size() > 200 || std::any_of(title.begin(), title.end(), is_control)) {
    refuse(item,
           "is not one line of 1 to 200 bytes without control characters (results are named by it) "
           "shorten it; details go to study.question");
  }
  return title;
}

std::string question_of(const Item& item) {
  const std::string& question = text_of(item);
  const auto strange = [](unsigned char c) { return is_control(c) && c != '\n'; };
  if (std::any_of(question.begin(), question.end(), strange))
    refuse(item, "has a control character (results and terminals show it) remove it");
  return question;
}

std::string start_of(const Item& item, const Model& model) {
  const Moment* moment = item.value->get<Moment>();
  if (moment == nullptr || !moment->plain_date) {
    refuse(item, fmt::format("{} is {} (a date is needed) write 2026-01-05 without quotes",
                             shown(*item.value), kind_of(*item.value)));
  }
  if (model.days_per_step <= 0) {
    refuse(item, fmt::format("has no meaning here (a {} of {} has no length in days) remove it",
                             model.step, model.name));
  }
  // The standard calendar of result files begins in October 1582.
  if (moment->text < "1583-01-01")
    refuse(item, "is before 1583 (the calendar's start) choose a later date");
  return moment->text;
}

}  // namespace

void read_study_section(Draft& draft) {
  const Model& model = draft.model;
  draft.study.model = &model;
  draft.study.seed = 1;
  draft.study.steps = model.default_steps;
  const std::optional<Item> item = section(draft, "study");
  if (!item) return;
  const Fields fields(
      table_of(*item), "study", study_keys(), draft.problems, [&](std::string_view key) {
        return key == "burn_in"
                   ? fmt::format("has no meaning here ({} has no burn-in) remove it", model.name)
                   : std::string();
      });
  Problems& problems = draft.problems;
  if (const auto title = fields.find("title")) {
    problems.collect([&] { draft.study.title = title_of(*title); });
  } else {
    problems.add(item->key, "study.title",
                 "is missing (results are named by it) add title = \"...\"");
  }
  if (const auto question = fields.find("question")) {
    problems.collect([&] { draft.study.question = question_of(*question); });
  }
  if (const auto seed = fields.find("seed")) {
    problems.collect([&] { draft.study.seed = seed_of(*seed); });
  }
  if (const auto start = fields.find("start")) {
    problems.collect([&] { draft.study.start = start_of(*start, model); });
  }
  if (const auto horizon = fields.find("horizon")) {
    problems.collect([&] { draft.study.steps = duration_of(*horizon, model, 1, max_steps); });
  }
}

}  // namespace chasm::input
