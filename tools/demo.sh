#!/usr/bin/env bash
# Installs what is missing, builds chasm, runs the reference study and draws the paper's figure from it.
set -euo pipefail
usage() {
  cat <<'TEXT'
./tools/demo.sh [--no-install]
  Installs what is missing (naming it first), builds, runs scenarios/studies/march-figure1.toml,
  and draws Figure 1 of March (1991) from the result file, the published points beside ours.
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

heading "Study: scenarios/studies/march-figure1.toml"
build/program/bin/chasm run scenarios/studies/march-figure1.toml -o build/demo/results.h5 --force

heading "Figure"
"$VENV/bin/python" analysis/figures/march_figure1.py build/demo/results.h5 --output build/demo/march-figure1

heading "Done"
say "Result file   build/demo/results.h5          (xarray.open_dataset, h5py, ncdump; docs/file-format.md)"
say "Figure        build/demo/march-figure1.svg   and .png"
say "Program       build/program/bin/chasm        (chasm --help; chasm new mine.toml writes a study of your own)"
