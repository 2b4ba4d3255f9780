#pragma once

#include "sim/model.hpp"

namespace chasm::urn {
const Model& model();
}
