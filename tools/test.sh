#!/usr/bin/env bash
# Installs what is missing, builds and runs the tests. See --help.
set -euo pipefail
usage() {
  cat <<'TEXT'
./tools/test.sh [quick|full|release] [--extras] [--no-install]
  quick     formats and structure, a release build with g++, its tests
  full      (default) also: a clang++ -O1 build whose results must be the same bits; what keeps or reads files under the address
            and undefined-behaviour sanitizers
  release   also: all tests under these sanitizers, the long tests, other compilers and levels, ThreadSanitizer, clang-tidy,
            coverage, fuzzing (FUZZ_SECONDS a target, default 300), configurations with parts left out
  --extras       also install what few have, and test with it: R, zsh, fish, an ssh server and Slurm (Debian starts both); part
                 of release
  --no-install   only say what is missing; exit 1 where something needed is

JOBS=N sets the number of parallel compilations and tests (default: the number of cores).
TEXT
}
cd "$(dirname "$0")/.."
. tools/lib.sh

what=full install=yes extras=no
for argument in "$@"; do
  case $argument in
    quick | full | release) what=$argument ;;
    --extras) extras=yes ;;
    --no-install) install=no ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "Unknown argument '$argument' (see above)." ;;
  esac
done
groups=(build test)
[[ $extras == yes || $what == release ]] && groups+=(extras)
[[ $what == release ]] && groups+=(release)
if [[ $install == no ]]; then report "${groups[@]}"; exit; fi

recap=() failures=0
# stage "what it does" COMMAND...: a failure is kept for the end, and later stages still run.
stage() {
  local name=$1 began=$SECONDS status=0
  shift
  heading "$name"
  "$@" || status=$?
  if [[ $status == 0 ]]; then
    recap+=("$(printf 'passed  %4d s  %s' $((SECONDS - began)) "$name")")
  else
    recap+=("$(printf 'FAILED  %4d s  %s' $((SECONDS - began)) "$name")")
    failures=$((failures + 1))
  fi
  return 0
}
left_out() {
  heading "$1"
  say "  left out: $2"
  recap+=("$(printf 'left out        %s (%s)' "$1" "$2")")
}

# tests PRESET [ctest argument...]: only what did not pass, and the summary, reach the terminal.
tests() {
  local preset=$1 log=build/logs/test-$1.log status=0
  shift
  ctest --preset "$preset" -j "$JOBS" "$@" >"$log" 2>&1 </dev/null || status=$?
  grep -v -E '^ +Start +[0-9]+: |Test +#[0-9]+: .* Passed +[0-9.]+ sec$' "$log" | tail -200
  return $status
}
build_and_test() {
  build "$1" && tests "$1"
}
formats() {
  local files wrong
  mapfile -t files < <(git ls-files '*.cpp' '*.hpp' '*.cu')
  wrong=$(clang-format --dry-run -Werror "${files[@]}" 2>&1 | sed -n 's/:[0-9]*:[0-9]*: error:.*//p' | sort -u)
  if [[ -n $wrong ]]; then
    say "Not laid out as .clang-format says:"
    sed 's/^/  /' <<<"$wrong"
    say "Run: build/venv/bin/clang-format -i FILES"
    return 1
  fi
  ruff check . && ruff format --check . || {
    say "Run: build/venv/bin/ruff check --fix . ; build/venv/bin/ruff format ."
    return 1
  }
  say "  ${#files[@]} C++ files and the Python files are laid out as .clang-format and ruff say."
}
# same_bits PRESET: that build's results against the release build's.
same_bits() {
  build "$1" chasm && python tests/identity/compare_builds.py build/release/bin/chasm "build/$1/bin/chasm"
}

# What keeps bytes, or takes them from outside: 95 of the source files. The whole suite under the sanitizers is for release,
# until its time on two idle cores is known: models and lanes are the slowest to compile, and march1991_test alone runs 55 s.
sanitized() {
  local kept=(journal_test block_codec_test commit_queue_test run_test finish_test)
  local corpora=(journal_replay study_replay table_replay result_replay)
  build sanitize "${kept[@]}" "${corpora[@]}" &&
    tests sanitize -R "^($(IFS='|'; printf '%s' "${kept[*]}"))[.]|^fuzz[.][a-z]+[.]corpus$"
}

prepare "${groups[@]}"
rm -rf build/logs

if git rev-parse --git-dir >/dev/null 2>&1; then stage "Layout of the source" formats; else left_out "Layout of the source" "not a git checkout"; fi
stage "Release build: g++ -O3" build release
stage "Tests of the release build" tests release
if [[ $what != quick ]]; then
  if command -v clang++ >/dev/null; then
    stage "Same bits: clang++ -O1 against g++ -O3" same_bits clang-o1
  else
    left_out "Same bits: clang++ -O1 against g++ -O3" "clang++ is not installed"
  fi
  if [[ $what == full ]]; then
    stage "Address and undefined-behaviour sanitizers: journals, results, studies" sanitized
  fi
fi
[[ $what != release ]] || . tools/test-release.sh

heading "Summary"
printf '%s\n' "${recap[@]}"
[[ $failures == 0 ]] || say "${RED}$failures stage(s) failed.${PLAIN}"
if [[ -f build/logs/test-release.log ]]; then
  say "Tests of the release build:"
  sed -n '/tests passed,/,$p' build/logs/test-release.log
fi
[[ $failures == 0 ]]
