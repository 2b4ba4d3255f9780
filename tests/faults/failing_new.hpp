#pragma once

// operator new of the whole program, which fails when it is told to.

namespace chasm {

// From now on the k-th allocation of any thread throws std::bad_alloc, and only that one.
void fail_allocation(long k);
// True where it came to that; from now on every allocation succeeds.
bool allocation_failed();

}  // namespace chasm
