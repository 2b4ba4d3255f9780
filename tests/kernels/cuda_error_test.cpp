// What a CUDA status means: which fault of a run it is, and what is missing.

#include "kernels/cuda_error.hpp"

#include <gtest/gtest.h>

namespace chasm {
namespace {

using Kind = DeviceError::Kind;

TEST(CudaError, Kinds) {
  for (const auto status : {cudaErrorMemoryAllocation, cudaErrorLaunchOutOfResources})
    EXPECT_EQ(kind_of(status), Kind::out_of_memory) << status;
  for (const auto status :
       {cudaErrorIllegalAddress, cudaErrorIllegalInstruction, cudaErrorMisalignedAddress,
        cudaErrorInvalidConfiguration, cudaErrorLaunchFailure, cudaErrorLaunchTimeout})
    EXPECT_EQ(kind_of(status), Kind::broken) << status;
  for (const auto status : {cudaErrorECCUncorrectable, cudaErrorNvlinkUncorrectable,
                            cudaErrorDevicesUnavailable, cudaErrorUnknown})
    EXPECT_EQ(kind_of(status), Kind::lost) << status;
}

TEST(CudaError, CheckThrowsWhatTheRuntimeSays) {
  EXPECT_NO_THROW(check(cudaSuccess, "resting"));
  try {
    check(cudaErrorMemoryAllocation, "allocating memory");
    ADD_FAILURE();
  } catch (const DeviceError& error) {
    EXPECT_EQ(error.kind, Kind::out_of_memory);
    EXPECT_STREQ(error.what(), "out of memory, cudaErrorMemoryAllocation, while allocating memory");
  }
}

TEST(CudaError, WhatIsMissing) {
  const auto begins = [](const std::string& text, const std::string& with) {
    EXPECT_EQ(text.substr(0, with.size()), with);
    EXPECT_NE(text.find("or use --backend cpu"), std::string::npos) << text;
  };
  begins(why_none(cudaErrorInsufficientDriver, 0, 13000), "no NVIDIA driver for CUDA is installed");
  begins(why_none(cudaErrorInsufficientDriver, 12020, 13000),
         "the NVIDIA driver is too old (it knows CUDA 12.2, and this build needs 13.0) update the "
         "driver, build chasm with a CUDA toolkit of release 12.2 or older");
  begins(why_none(cudaErrorNoDevice, 13000, 13000), "no CUDA device is visible");
  begins(why_none(cudaErrorNoDevice, 12090, 12060), "no CUDA device is visible");
  begins(why_none(cudaErrorSystemDriverMismatch, 13000, 13000), "CUDA does not start");
}

}  // namespace
}  // namespace chasm
