#!/usr/bin/env bash
# Installs what chasm needs on Debian or Ubuntu (root, or a user with sudo), and the Python environment build/venv.
set -euo pipefail
usage() {
  cat <<'TEXT'
./tools/setup.sh [build|test|release] [--no-install]
  build     what ./tools/demo.sh needs (default)
  test      and what ./tools/test.sh needs
  release   and what ./tools/test.sh release needs
  --no-install   only say what is missing; exit 1 where something needed is
TEXT
}
cd "$(dirname "$0")/.."
. tools/lib.sh
what=build install=yes
for argument in "$@"; do
  case $argument in
    build | test | release) what=$argument ;;
    --no-install) install=no ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "Unknown argument '$argument' (see above)." ;;
  esac
done
case $what in build) groups=(build) ;; test) groups=(build test) ;; release) groups=(build test extras release) ;; esac
if [[ $install == no ]]; then report "${groups[@]}"; else prepare "${groups[@]}"; fi
