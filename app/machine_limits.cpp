#include "app/machine_limits.hpp"

#include "sim/processor.hpp"

namespace chasm {

MachineLimits limits_plain();
#ifdef CHASM_HAS_X86_LANES
MachineLimits limits_avx2();
MachineLimits limits_avx512();
#endif

MachineLimits machine_limits() {
#ifdef CHASM_HAS_X86_LANES
  if (processor_runs("avx512")) return limits_avx512();
  if (processor_runs("avx2")) return limits_avx2();
#endif
  return limits_plain();
}

}  // namespace chasm
