#pragma once

namespace chasm {

// A kernel of this build, to see whether a device runs it.
const void* any_kernel();

}  // namespace chasm
