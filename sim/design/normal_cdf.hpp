#pragma once

namespace chasm {

// The standard normal CDF, about 1e-15 relative down to 1e-300, in portable bits.
// Cody 1969, doi:10.1090/S0025-5718-1969-0247736-4, in the arrangement of Cody 1993 (ACM algorithm 715).
double normal_cdf(double x);

}  // namespace chasm
