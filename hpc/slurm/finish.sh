#!/bin/bash
# The journals of all shards to the result file; see array.sh.
#SBATCH --job-name=chasm-finish
#SBATCH --ntasks=1
#SBATCH --time=01:00:00
#SBATCH --requeue
#SBATCH --open-mode=append

exec chasm finish "${OUTPUT:-results.h5}"
