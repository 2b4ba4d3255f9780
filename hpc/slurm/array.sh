#!/bin/bash
# A job array of shards, which needs no MPI; then the result file.
#   shards=$(sbatch --parsable array.sh) && sbatch --dependency=afterok:"$shards" finish.sh
# The number of shards is the array's size: it must stay the same until the study is finished.
#SBATCH --job-name=chasm
#SBATCH --array=1-16
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=8
#SBATCH --time=04:00:00
#SBATCH --signal=B:USR1@120
#SBATCH --requeue
#SBATCH --open-mode=append

study=${STUDY:-study.toml} output=${OUTPUT:-results.h5}
export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK

trap 'kill -USR1 "$chasm"' USR1 TERM
# shellcheck disable=SC2086  # OPTIONS are words
chasm run "$study" -o "$output" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" ${OPTIONS:-} &
chasm=$!
wait "$chasm"; code=$?
# A trap ends `wait` early.
while kill -0 "$chasm" 2>/dev/null; do wait "$chasm"; code=$?; done

# 75: stopped by a signal; 128 and more: killed. The same shard goes on from the journals.
if [[ ( $code == 75 || $code -ge 128 ) && ${SLURM_RESTART_COUNT:-0} -lt 100 ]]; then
  scontrol requeue "$SLURM_JOB_ID" && exit 0
fi
exit "$code"
