#!/usr/bin/env bash
# Builds and checks the kernels on a machine with a CUDA device. See --help.
set -euo pipefail
usage() {
  cat <<'TEXT'
./tools/gpu-check.sh
  Configures and builds only sim, models, kernels and their check, for this machine's device: nvcc, g++ 12 or newer, CMake 3.25 or
  newer and nothing else. Then every model is compared with the processor bit for bit, compute-sanitizer looks for wrong accesses
  and races where it is installed, and a table says how fast the device is. Eight minutes on 16 cores.

  Everything is printed, and kept in build/gpu-check/report.md. Exit 0: the same bits and no error; 77: no device.

JOBS=N          parallel compilations (default: the number of cores)
ARCHITECTURES   CUDA architectures to compile for (default: native)
TEXT
}
cd "$(dirname "$0")/.."
case ${1:-} in
  "") ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; echo "Unknown argument '$1' (see above)." >&2; exit 2 ;;
esac
JOBS=${JOBS:-$(nproc)}
build=build/gpu-check report=$PWD/build/gpu-check/report.md failures=0
command -v nvcc >/dev/null || export PATH=$PATH:/usr/local/cuda/bin
command -v nvcc >/dev/null || {
  echo "nvcc not found (not on the PATH, nor in /usr/local/cuda/bin). Install a CUDA toolkit of release 12 or newer." >&2
  exit 2
}
mkdir -p $build/logs
: >"$report"
say() { printf '%s\n' "$*" | tee -a "$report"; }
# step NAME COMMAND...: its output goes to a log and, but for compilers', to the report.
step() {
  local name=$1 began=$SECONDS status=0
  shift
  "$@" >"$build/logs/$name.log" 2>&1 </dev/null || status=$?
  printf '%-28s %4d s  %s\n' "$name" $((SECONDS - began)) "$([[ $status == 0 ]] && echo passed || echo "exit $status")" | tee -a "$report"
  return $status
}
failed() {
  failures=$((failures + 1))
  tail -${2:-30} "$build/logs/$1.log" | tee -a "$report"
}

say "# Kernels on a device, $(date -u +%F)"
say ""
say "commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown), $(nvcc --version | sed -n 's/.*release //p'), $(${CXX:-c++} --version | head -1)"
say "$(nvidia-smi --query-gpu=name,driver_version,memory.total,clocks.max.sm,clocks.max.memory,power.limit --format=csv,noheader 2>/dev/null || echo 'no nvidia-smi')"
say "$(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
say ""
say '```'
generator=()
command -v ninja >/dev/null && generator=(-G Ninja)
step configure cmake -S . -B $build "${generator[@]}" -DCHASM_CORE_ONLY=ON -DCHASM_TESTS=OFF -DCHASM_GPU_CHECK=ON \
  -DCHASM_CUDA=ON -DCHASM_MPI=OFF -DCHASM_PYTHON=OFF -DCHASM_WERROR=ON -DCHASM_CUDA_ARCHITECTURES="${ARCHITECTURES:-native}" || {
  failed configure
  exit 1
}
step build cmake --build $build -j "$JOBS" --target device_check || { failed build; exit 1; }
check=$build/tests/kernels/device_check

status=0
step identity $check identity || status=$?
if [[ $status == 77 ]]; then
  cat $build/logs/identity.log | tee -a "$report"
  exit 77
fi
[[ $status == 0 ]] || failed identity 60
say "$(grep -c '^same' $build/logs/identity.log || true) comparisons with the same bits, $(grep -c '^DIFFERS' $build/logs/identity.log || true) that differ"

if command -v compute-sanitizer >/dev/null; then
  for tool in memcheck racecheck; do
    step $tool timeout 100 compute-sanitizer --tool $tool --error-exitcode 9 $check small || failed $tool
  done
else
  say "memcheck, racecheck: left out (compute-sanitizer is not installed)"
fi

step bench timeout 200 $check bench || failed bench
# Local memory, spills and all, of each kernel as the assembler counts it.
# A second run compiles nothing: then they are those of the first.
! grep -q "Compiling entry" $build/logs/build.log ||
  step resources grep -hE "Compiling entry|bytes stack|Used [0-9]+ reg" $build/logs/build.log
touch $build/logs/resources.log
# What memory really carries: needs the profiler, and often permission (NVreg_RestrictProfilingToAdminUsers=0). No fault without.
if command -v ncu >/dev/null; then
  step profile timeout 100 ncu --kernel-name regex:run_worlds --launch-count 1 --metrics \
dram__bytes_read.sum,dram__bytes_write.sum,dram__throughput.avg.pct_of_peak_sustained_elapsed,sm__inst_executed.sum,\
sm__inst_issued.avg.pct_of_peak_sustained_active,sm__warps_active.avg.pct_of_peak_sustained_active,gpu__time_duration.sum,\
smsp__thread_inst_executed_per_inst_executed.ratio,l1tex__t_sector_hit_rate.pct,lts__t_sector_hit_rate.pct \
    $check enterprise || tail -5 $build/logs/profile.log | tee -a "$report"
else
  say "profile: left out (ncu is not installed)"
fi
say '```'
sed -n '/^$/,$p' $build/logs/bench.log | tee -a "$report"
say ""
say '```'
sed -E "/ 0 bytes stack/d; s/^ptxas info *: //; s/Compiling .*chasm[0-9]*([a-z0-9]+)[0-9]{2}_GLOBAL.*(sm_[0-9]+).*/\\1 \\2/" $build/logs/resources.log >>"$report"
[[ ! -f $build/logs/profile.log ]] || sed -nE '/dram|inst|warps|time|hit_rate/p' $build/logs/profile.log | tee -a "$report"
say '```'
say "$SECONDS s; $failures failed. Report: ${report#"$PWD"/}"
[[ $failures == 0 ]]
