#!/bin/sh
# Pipes the words of an interleaved study into dieharder (Debian package `dieharder`), all tests once; about an hour.
#
#   tests/random/battery.sh [seed]
#
# Exits with 1 where a test says FAILED. One WEAK in a hundred is what luck gives; run it again with another seed.
set -eu
cd "$(dirname "$0")/../.."
command -v dieharder > /dev/null || { echo "dieharder not found: apt-get install dieharder" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${CXX:-c++}" -std=c++20 -O2 -ffp-contract=off -I. tests/random/stream.cpp -o "$folder/stream"
"$folder/stream" "${1:-1}" | dieharder -a -g 200 | tee "$folder/verdict"
! grep -q FAILED "$folder/verdict"
