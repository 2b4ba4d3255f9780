#pragma once

// Every random choice of the model, and what the entity of its address counts.

#include <cstdint>

#include "sim/table.hpp"

namespace chasm::enterprise {

enum class Decision : uint16_t {
  reality = 0,
  newcomer = 1,
  turbulence = 2,
  round = 3,
  learning = 4,
  code = 5,
  asset = 6,
  legacy = 7,
  strategy = 8,
  arrival = 9,
  opportunity = 10,
  proposal = 11,
  exploration = 12,
  choice = 13,
  initiative = 14,
  gate = 15,
  rework = 16,
  requests = 17,
  fate = 18,
  operation = 19,
  adoption = 20,
  disadoption = 21,
  insight = 22,
  portfolio = 23,
};

inline constexpr DecisionName decision_names[] = {
    {0, "reality", "none"},
    {1, "newcomer", "post + 65536 hire"},
    {2, "turbulence", "0 technical, 1 business reality"},
    {3, "round", "post"},
    {4, "learning", "post"},
    {5, "code", "group"},
    {6, "asset", "data asset"},
    {7, "legacy", "unit"},
    {8, "strategy", "none"},
    {9, "arrival", "none"},
    {10, "opportunity", "opportunity"},
    {11, "proposal", "opportunity"},
    {12, "exploration", "start of the round"},
    {13, "choice", "opportunity"},
    {14, "initiative", "opportunity"},
    {15, "gate", "opportunity + 65536 stage"},
    {16, "rework", "opportunity + 65536 stage + 1048576 attempt"},
    {17, "requests", "unit"},
    {18, "fate", "opportunity"},
    {19, "operation", "opportunity"},
    {20, "adoption", "2 opportunity + population"},
    {21, "disadoption", "2 opportunity + population"},
    {22, "insight", "opportunity + 65536 stage"},
    {23, "portfolio", "opportunity"},
};

}  // namespace chasm::enterprise
