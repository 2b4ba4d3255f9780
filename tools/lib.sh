# Shared by the scripts of tools/. Source it from a script that has `set -euo pipefail`.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=$ROOT/build/venv
JOBS=${JOBS:-$(nproc)}
export PATH=$VENV/bin:$PATH
# Another clone of the same source finds what this one compiled.
export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1

if [[ -t 1 ]]; then BOLD=$(printf '\033[1m') RED=$(printf '\033[31m') PLAIN=$(printf '\033[0m'); else BOLD='' RED='' PLAIN=''; fi

say() { printf '%s\n' "$*"; }
heading() { printf '\n%s%s%s\n' "$BOLD" "$*" "$PLAIN"; }
fail() {
  printf '%s%s%s\n' "$RED" "$*" "$PLAIN" >&2
  exit 1
}

# as_root COMMAND...: fails where this user is neither root nor may use sudo.
can_be_root() { [[ $(id -u) == 0 ]] || { command -v sudo >/dev/null && { [[ -t 0 ]] || sudo -n true 2>/dev/null; }; }; }
as_root() { if [[ $(id -u) == 0 ]]; then "$@"; else sudo "$@"; fi; }

# at_least VERSION LEAST: true where VERSION is at least LEAST.
at_least() { [[ $(printf '%s\n%s\n' "$1" "$2" | sort -V | head -1) == "$2" ]]; }

package_is_there() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# missing_packages needed|optional GROUP...: one line each, "package<TAB>what for".
missing_packages() {
  local need=$1 when kind package reason
  shift
  while read -r when kind package reason; do
    [[ $kind == "$need" && " $* " == *" $when "* ]] || continue
    package_is_there "$package" || printf '%s\t%s\n' "$package" "$reason"
  done < <(grep -v '^#' "$ROOT/tools/packages.txt")
}

print_packages() {
  local package reason
  while IFS=$'\t' read -r package reason; do [[ -z $package ]] || printf '  %-20s %s\n' "$package" "$reason"; done <<<"$1"
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" >"$ROOT/build/apt.log" 2>&1
}

install_packages() {
  local needed optional wanted=() package reason
  needed=$(missing_packages needed "$@")
  optional=$(missing_packages optional "$@")
  [[ -n $needed || -n $optional ]] || { say "System packages: all there."; return; }
  if ! command -v apt-get >/dev/null; then
    [[ -z $needed ]] && return
    say "Missing:"; print_packages "$needed"
    fail "No apt-get here (this is not Debian or Ubuntu). Install what the list names, then build with CMake: see README.md."
  fi
  if ! can_be_root; then
    say "Missing:"; print_packages "$needed"; print_packages "$optional"
    [[ -z $needed ]] || fail "These packages cannot be installed (neither root nor sudo). Ask an administrator for: apt-get install $(cut -f1 <<<"$needed" | xargs)"
    say "Going on without them (neither root nor sudo): what they are for is left out."
    return
  fi
  say "Installing these system packages:"
  print_packages "$needed"; print_packages "$optional"
  as_root apt-get update -qq >"$ROOT/build/apt.log" 2>&1 || say "apt-get update failed (see build/apt.log); going on with the package lists that are here."
  while IFS=$'\t' read -r package reason; do [[ -z $package ]] || wanted+=("$package"); done <<<"$needed"
  while IFS=$'\t' read -r package reason; do
    [[ -n $package ]] || continue
    if [[ $(apt-cache policy "$package") == *"Candidate: "[!\(]* ]]; then
      wanted+=("$package")
    else
      say "  $package is not in this system's package lists; left out: $reason"
    fi
  done <<<"$optional"
  [[ ${#wanted[@]} == 0 ]] || apt_install "${wanted[@]}" || {
    tail -20 "$ROOT/build/apt.log" >&2
    fail "apt-get could not install the packages above (the end of build/apt.log is shown). Repair apt, or install them by hand, and start again."
  }
}

# Ubuntu 22.04's g++ is version 11; its g++-12 is a package of its own.
choose_compiler() {
  [[ -z ${CXX:-} ]] || return 0
  local version
  version=$(g++ -dumpfullversion 2>/dev/null || echo 0)
  at_least "$version" 12 && return
  if ! command -v g++-12 >/dev/null; then
    [[ $1 == report ]] && { say "  g++-12               g++ here is version $version, chasm needs 12"; return 1; }
    can_be_root || fail "g++ 12 or newer not found (g++ here is version $version). Install g++-12."
    say "Installing g++-12 (g++ here is version $version, chasm needs 12)"
    apt_install g++-12 || fail "apt-get could not install g++-12 (see build/apt.log). Install a g++ of version 12 or newer."
  fi
  export CXX=g++-12 CC=gcc-12
}

# python_requirements GROUP...: one a line.
python_requirements() {
  grep -v '^#' "$ROOT/tools/python.txt"
  [[ " $* " != *" release "* ]] || grep -v '^#' "$ROOT/tools/python-release.txt"
  cmake_requirement
}
missing_python() {
  touch "$VENV/installed" 2>/dev/null || { python_requirements "$@"; return; }
  python_requirements "$@" | grep -vxFf "$VENV/installed" || true
}

# CMake comes from pip where the system's is too old (a system without any gets it from apt-get first).
cmake_requirement() {
  local version
  version=$(PATH=${PATH#"$VENV/bin:"} cmake --version 2>/dev/null | sed -n '1s/.* //p') || true
  [[ -z $version ]] || at_least "$version" 3.25 || echo 'cmake>=3.25'
}

on_lines() { xargs | fold -s -w 96 | sed 's/^/  /'; }

install_python() {
  local missing
  missing=$(missing_python "$@")
  [[ -n $missing ]] || { say "Python packages: all there (build/venv)."; return; }
  say "Installing these Python packages into build/venv:"
  on_lines <<<"$missing"
  [[ -x $VENV/bin/pip ]] || { rm -rf "$VENV"; PATH=${PATH#"$VENV/bin:"} python3 -m venv "$VENV"; } ||
    fail "python3 -m venv failed (python3-venv is missing?). Install python3-venv and start again."
  python_requirements "$@" >"$ROOT/build/python.txt"
  "$VENV/bin/python" -m pip install -q --disable-pip-version-check -r "$ROOT/build/python.txt" >"$ROOT/build/pip.log" 2>&1 || {
    tail -20 "$ROOT/build/pip.log" >&2
    fail "pip could not install the packages above (the end of build/pip.log is shown). Check the network or pip's index, and start again."
  }
  printf '%s\n' "$missing" >>"$VENV/installed"
}

# report GROUP...: what is missing; 1 where something needed is.
report() {
  local needed optional python status=0
  needed=$(missing_packages needed "$@")
  optional=$(missing_packages optional "$@")
  [[ -z $needed ]] || { say "Missing and needed (apt-get install):"; print_packages "$needed"; status=1; }
  [[ -z $optional ]] || { say "Missing, can be done without (apt-get install):"; print_packages "$optional"; }
  [[ -n $needed ]] || choose_compiler report || status=1
  python=$(missing_python "$@")
  [[ -z $python ]] || { say "Missing and needed (pip, into build/venv):"; on_lines <<<"$python"; status=1; }
  [[ $status == 1 || -n $optional ]] || say "Nothing is missing."
  command -v nvcc >/dev/null || [[ -x /usr/local/cuda/bin/nvcc ]] || say "No nvcc: CUDA is left out."
  return $status
}

# prepare GROUP...: everything that is needed, installed.
prepare() {
  mkdir -p "$ROOT/build"
  heading "Set-up"
  install_packages "$@"
  choose_compiler install
  install_python "$@"
}

# quietly LOG COMMAND...: the command's output goes to build/logs/LOG.log; its end is shown when it fails.
quietly() {
  local log=$ROOT/build/logs/$1.log
  shift
  mkdir -p "$ROOT/build/logs"
  "$@" >"$log" 2>&1 </dev/null || {
    local status=$?
    grep -n -m 20 -E '(error|FAILED|CMake Error)' "$log" >&2 || true
    tail -30 "$log" >&2
    printf '%sFailed: %s (whole output: %s)%s\n' "$RED" "$*" "${log#"$ROOT"/}" "$PLAIN" >&2
    return $status
  }
}

# One architecture, since each takes minutes: this machine's device; without one, what tests compile and the demo leaves out.
cuda_choice() {
  if nvidia-smi -L 2>/dev/null | grep -q GPU; then
    echo -DCHASM_CUDA_ARCHITECTURES=native
  elif [[ $1 == program ]]; then
    echo -DCHASM_CUDA=OFF
  else
    echo -DCHASM_CUDA_ARCHITECTURES=90
  fi
}

# build PRESET [TARGET...]: configures and builds, quietly; what was left out is shown.
build() {
  local preset=$1
  shift
  quietly "configure-$preset" cmake -S "$ROOT" --preset "$preset" "$(cuda_choice "$preset")" || return
  grep -h -- '-- chasm: ' "$ROOT/build/logs/configure-$preset.log" | sed 's/^-- chasm: /  /' || true
  quietly "build-$preset" cmake --build "$ROOT/build/$preset" -j "$JOBS" ${@:+--target "$@"}
}
