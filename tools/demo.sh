#!/usr/bin/env bash
# Installs what is missing, builds chasm, runs the reference study, says what it answers and makes its report.
set -euo pipefail
usage() {
  cat <<'TEXT'
./tools/demo.sh [--no-install]
  Installs what is missing (naming it first), builds, runs scenarios/studies/reference.toml (38,000 worlds of an enterprise),
  says what it answers (what to do first, with what odds, at what cost) and makes the report that those who decide read.
  --no-install   only say what is missing; exit 1 where something needed is
TEXT
}
cd "$(dirname "$0")/.."
. tools/lib.sh

install=yes
for argument in "$@"; do
  case $argument in
    --no-install) install=no ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "Unknown argument '$argument' (see above)." ;;
  esac
done
if [[ $install == no ]]; then report build; exit; fi

prepare build
heading "Build (a few minutes on two cores the first time)"
build program
mkdir -p build/demo

heading "Study: scenarios/studies/reference.toml (half a minute on two free cores)"
build/program/bin/chasm run scenarios/studies/reference.toml -o build/demo/reference.h5 --force

heading "Answer"
PYTHONPATH=analysis "$VENV/bin/python" -m chasm.report build/demo/reference.h5 --text

heading "Report"
also=()
for browser in chromium google-chrome; do
  if command -v "$browser" >/dev/null; then also=(--pdf --picture build/demo/report.png); fi
done
PYTHONPATH=analysis "$VENV/bin/python" -m chasm.report build/demo/reference.h5 -o build/demo/report.html "${also[@]}" >/dev/null
[[ ${#also[@]} != 0 ]] || say "No PDF and no picture of it (neither Chromium nor Chrome is here)."
say "Open  file://$PWD/build/demo/report.html"

heading "Where it is"
say "Report        build/demo/report.html      (one file: opens offline, prints; docs/report.md)"
say "Result file   build/demo/reference.h5     (chasm info, xarray.open_dataset, h5py, ncdump; docs/file-format.md)"
say "Program       build/program/bin/chasm     (chasm --help; chasm new study.toml --model enterprise starts a study of your own)"
say "Studies       scenarios/studies           (README.md says what each asks, and how to run it)"
