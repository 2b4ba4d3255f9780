#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "sim/model.hpp"

namespace chasm::input {

// A model whose units name a currency in place of "{currency}".
class PricedModel {
 public:
  PricedModel(const Model& model, std::string_view currency);
  PricedModel(const PricedModel&) = delete;
  PricedModel& operator=(const PricedModel&) = delete;

  const Model& model() const { return model_; }

 private:
  Model model_;
  std::deque<std::string> units_;
};

}  // namespace chasm::input
