#pragma once

namespace chasm::test {

// Prints a table of what the first device does; `threads` of the processor collect.
void bench_device(int threads);

}  // namespace chasm::test
