#include "sim/design/nearest_correlation.hpp"

#include <Eigen/Dense>

namespace chasm {

std::vector<double> nearest_correlation(std::span<const double> matrix, size_t size, double least) {
  using Matrix = Eigen::MatrixXd;
  const auto n = static_cast<Eigen::Index>(size);
  Matrix y = Eigen::Map<const Matrix>(matrix.data(), n, n);
  Matrix correction = Matrix::Zero(n, n);
  for (int i = 0; i < 200; ++i) {
    const Matrix shifted = y - correction;
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(shifted);
    const Matrix semidefinite = eigen.eigenvectors() *
                                eigen.eigenvalues().cwiseMax(least).asDiagonal() *
                                eigen.eigenvectors().transpose();
    correction = semidefinite - shifted;
    const Matrix before = y;
    y = semidefinite;
    y.diagonal().setOnes();
    if ((y - before).norm() < 1e-9) break;
  }
  return {y.data(), y.data() + y.size()};
}

}  // namespace chasm
