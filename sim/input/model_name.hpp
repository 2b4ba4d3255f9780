#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "sim/input/document.hpp"
#include "sim/model.hpp"

namespace chasm::input {

// The model that [study] names, in the last source that names one. Throws Problem where none does,
// and where it is unknown or of another version than this build's.
const Model& model_of_document(const std::vector<Source>&, std::span<const Model* const> models);

}  // namespace chasm::input
