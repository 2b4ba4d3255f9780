#pragma once

namespace chasm {

// What scripts rely on. 75 is EX_TEMPFAIL of sysexits.h: run the same command again.
enum ExitCode { exit_done = 0, exit_failed = 1, exit_bad_input = 2, exit_interrupted = 75 };

}  // namespace chasm
