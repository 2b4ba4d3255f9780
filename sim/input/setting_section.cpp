#include <fmt/format.h>

#include "sim/input/draft.hpp"
#include "sim/nearest.hpp"

namespace chasm::input {
namespace {

int option_of(const Item& item, const Choice& choice) {
  const std::string& text = text_of(item);
  std::vector<std::string> known;
  for (int i = 0; i < choice.count; ++i) {
    if (text == choice.options[i]) return i;
    known.emplace_back(choice.options[i]);
  }
  refuse(item,
         fmt::format("\"{}\" is no {} ({})", shown(text), choice.name, suggestion(text, known)));
}

void read_entry(Draft& draft, const Item& item) {
  const Model& model = draft.model;
  std::vector<std::string> known;
  for (size_t i = 0; i < model.sizes.size(); ++i) {
    const Size& size = model.sizes[i];
    if (item.name() == size.name) {
      draft.study.setting.sizes[i] = static_cast<long>(whole_of(item, size.low, size.high));
      return;
    }
    known.emplace_back(size.name);
  }
  for (size_t i = 0; i < model.choices.size(); ++i) {
    if (item.name() == model.choices[i].name) {
      draft.study.setting.choices[i] = option_of(item, model.choices[i]);
      return;
    }
    known.emplace_back(model.choices[i].name);
  }
  throw Problem(
      item.key, item.path,
      fmt::format("unknown size or choice of {} ({})", model.name, suggestion(item.name(), known)));
}

}  // namespace

void read_setting(Draft& draft) {
  for (const Size& size : draft.model.sizes) draft.study.setting.sizes.push_back(size.value);
  for (const Choice& choice : draft.model.choices)
    draft.study.setting.choices.push_back(choice.value);
  const std::optional<Item> item = section(draft, "setting");
  if (!item) return;
  for (const Item& entry : entries_of(*item)) {
    draft.problems.collect([&] { read_entry(draft, entry); });
  }
}

}  // namespace chasm::input
