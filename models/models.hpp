#pragma once

// Every model has a folder here, a namespace of the folder's name, and in it this function.

#include "sim/model.hpp"

namespace chasm {

namespace march1991 {
const Model& model();
}

}  // namespace chasm
