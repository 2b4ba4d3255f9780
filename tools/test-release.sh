# The stages that only `tools/test.sh release` runs; sourced by it.

stage "Long tests of the release build" tests release-long

# other_bits NAME CMAKE-ARGUMENT...: a build without tests, its results against the release build's.
other_bits() {
  local name=$1
  shift
  quietly "configure-$name" cmake -S . --preset program -B "build/$name" "$@" &&
    quietly "build-$name" cmake --build "build/$name" -j "$JOBS" --target chasm &&
    python tests/identity/compare_builds.py build/release/bin/chasm "build/$name/bin/chasm"
}
for compiler in g++ g++-13 g++-14 clang++ clang++-15 clang++-16 clang++-18 clang++-19; do
  command -v "$compiler" >/dev/null || continue
  for level in -O1 -O2 -O3; do
    stage "Same bits: $compiler $level" \
      other_bits "bits-$compiler$level" -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS_RELEASE="$level -DNDEBUG"
  done
done
stage "Same bits: plain x86-64 lanes only" other_bits bits-plain -DCHASM_LANES=plain

if command -v clang++ >/dev/null; then
  stage "Thread sanitizer" build_and_test tsan
else
  left_out "Thread sanitizer" "clang++ is not installed"
fi
tidy() {
  build tidy && ! grep -E 'warning:|error:' build/logs/build-tidy.log
}
stage "clang-tidy" tidy

coverage() {
  build_and_test coverage && cmake --build build/coverage --target coverage_report | tail -60
}
stage "Coverage" coverage

# A build with a part left out, or only the core, still configures and builds.
configuration() {
  local name=$1
  shift
  quietly "configure-$name" cmake -S . --preset program -B "build/$name" "$@" &&
    quietly "build-$name" cmake --build "build/$name" -j "$JOBS"
}
stage "Core only: sim and models" configuration core-only -DCHASM_CORE_ONLY=ON
stage "Without CUDA, MPI and Python" configuration bare -DCHASM_CUDA=OFF -DCHASM_MPI=OFF -DCHASM_PYTHON=OFF
stage "Everyday preset: warnings are errors" build_and_test dev
# No kernels yet: the preset configures where CUDA is found, and says what is missing where it is not.
if command -v nvcc >/dev/null || [[ -x /usr/local/cuda/bin/nvcc ]]; then
  stage "CUDA preset configures" quietly configure-cuda cmake -S . --preset cuda
else
  left_out "CUDA preset configures" "nvcc is not installed"
fi
