# The stages that only `tools/test.sh release` runs; sourced by it.

stage "Long tests of the release build" tests release-long

# other_bits NAME CMAKE-ARGUMENT...: a build without tests, its results against the release build's.
other_bits() {
  local name=$1
  shift
  quietly "configure-$name" cmake -S . --preset program -B "build/$name" -DCHASM_CUDA=OFF "$@" &&
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
compilers=()
for compiler in g++ clang++; do ! command -v "$compiler" >/dev/null || compilers+=("$compiler"); done
stage "Same bits: every lane operation" python tests/identity/compare_lanes.py "${compilers[@]}"
stage "Same bits: plain x86-64 lanes only" other_bits bits-plain -DCHASM_LANES=plain

stage "Address and undefined-behaviour sanitizers" build_and_test sanitize
if command -v clang++ >/dev/null; then
  stage "Thread sanitizer" build_and_test tsan
else
  left_out "Thread sanitizer" "clang++ is not installed"
fi
# fuzz TARGET SECONDS: searches from the kept corpus; what it finds stays in build/fuzz/found.
fuzz() {
  local found=build/fuzz/found/$1 dictionary=tests/fuzz/$1.dict
  mkdir -p "$found"
  quietly "fuzz-$1" "build/fuzz/tests/fuzz/$1_fuzz" -max_total_time="$2" -timeout=20 -rss_limit_mb=4096 \
    -artifact_prefix="$found/" ${dictionary:+$([[ ! -f $dictionary ]] || echo -dict="$dictionary")} \
    "$found" "tests/fuzz/corpus/$1" && tail -1 "build/logs/fuzz-$1.log"
}
if command -v clang++ >/dev/null; then
  fuzzers=()
  for corpus in tests/fuzz/corpus/*/; do fuzzers+=("$(basename "$corpus")"); done
  stage "Fuzzing: build" build fuzz "${fuzzers[@]/%/_fuzz}"
  for fuzzer in "${fuzzers[@]}"; do
    stage "Fuzzing: $fuzzer, ${FUZZ_SECONDS:=300} s" fuzz "$fuzzer" "$FUZZ_SECONDS"
  done
else
  left_out "Fuzzing" "clang++ is not installed"
fi

# The oldest releases of the Python readers have no packages for Python 3.12 and newer.
oldest_readers() {
  local venv=build/venv-oldest
  [[ -x $venv/bin/python ]] || quietly venv-oldest python3 -m venv "$venv" || return
  quietly pip-oldest "$venv/bin/python" -m pip install -q -r tests/readers/requirements-oldest.txt || return
  local reader
  for reader in xarray h5py netcdf4; do
    "$venv/bin/python" tests/readers/run_reader.py "$reader" build/release/tests/readers/write_example || return
  done
}
if python3 -c 'import sys; sys.exit(sys.version_info >= (3, 12))'; then
  stage "Readers: oldest supported releases" oldest_readers
else
  left_out "Readers: oldest supported releases" "they need Python 3.11 or older"
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
# Every architecture that the default list names.
all_kernels() {
  quietly configure-kernels cmake -S . --preset cuda -B build/kernels -DCHASM_WERROR=ON &&
    quietly build-kernels cmake --build build/kernels -j "$JOBS" --target chasm_kernels
}
if command -v nvcc >/dev/null || [[ -x /usr/local/cuda/bin/nvcc ]]; then
  stage "Kernels for every architecture" all_kernels
else
  left_out "Kernels for every architecture" "nvcc is not installed"
fi
