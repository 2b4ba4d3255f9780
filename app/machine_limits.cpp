#include "app/machine_limits.hpp"

#include "sim/processor.hpp"

namespace chasm {

inline namespace plain {
MachineLimits limits();
}
#ifdef CHASM_HAS_X86_LANES
namespace avx2 {
MachineLimits limits();
}
namespace avx512 {
MachineLimits limits();
}
#endif

MachineLimits machine_limits() {
#ifdef CHASM_HAS_X86_LANES
  if (processor_runs("avx512")) return avx512::limits();
  if (processor_runs("avx2")) return avx2::limits();
#endif
  return plain::limits();
}

}  // namespace chasm
