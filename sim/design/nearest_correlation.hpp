#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chasm {

// The correlation matrix nearest to a symmetric matrix with ones on its diagonal (Frobenius norm), with no eigenvalue
// below `least`. Higham 2002, doi:10.1093/imanum/22.3.329. For advice in messages: its bits enter no result.
std::vector<double> nearest_correlation(std::span<const double> matrix, size_t size, double least);

}  // namespace chasm
