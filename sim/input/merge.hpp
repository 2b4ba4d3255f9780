#pragma once

#include "sim/input/document.hpp"
#include "sim/input/problems.hpp"
#include "sim/model.hpp"

namespace chasm::input {

// Parameter names contain dots, and so `learning.rate = 1` and `"learning.rate" = 1` mean one key:
// the tables that hold names of the model become flat. Relative paths become relative to the folder
// of the study.
void make_names_whole(Source&, const Model&, Problems&);

// One tree; later sources win. Tables merge key by key, everything else is replaced as a whole; so
// is each entry of [uncertain] and [tables].
Tree merge(const std::vector<Source>&);

}  // namespace chasm::input
