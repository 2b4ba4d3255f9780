#pragma once

// Every model has a folder here, a namespace of the folder's name, and in it this function.

#include "sim/model.hpp"

namespace chasm {

namespace diffusion {
const Model& model();
}
namespace enterprise {
const Model& model();
}
namespace march1991 {
const Model& model();
}

// All models of this build, in alphabetical order.
std::span<const Model* const> models();

// The model of that name; throws InputError with the nearest known name.
const Model& find_model(std::string_view name);

}  // namespace chasm
