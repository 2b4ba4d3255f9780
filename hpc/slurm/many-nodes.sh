#!/bin/bash
# Many nodes, one rank a node, all cores inside; chasm built with MPI.   sbatch many-nodes.sh
#SBATCH --job-name=chasm
#SBATCH --nodes=8
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=32
#SBATCH --time=04:00:00
#SBATCH --signal=B:USR1@120
#SBATCH --requeue
#SBATCH --open-mode=append

study=${STUDY:-study.toml} output=${OUTPUT:-results.h5}
export OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK

# Two minutes before the time limit, or when preempted, every rank is asked to stop (srun passes the signal on): chasm
# keeps what is finished.
trap 'kill -USR1 "$chasm"' USR1 TERM
# shellcheck disable=SC2086  # OPTIONS are words
srun --mpi=pmix --kill-on-bad-exit=1 --cpus-per-task="$SLURM_CPUS_PER_TASK" chasm run "$study" -o "$output" ${OPTIONS:-} &
chasm=$!
wait "$chasm"; code=$?
# A trap ends `wait` early.
while kill -0 "$chasm" 2>/dev/null; do wait "$chasm"; code=$?; done

# 75: stopped by a signal; 128 and more: killed; 0 without a result: never launched. The same job goes on from
# the journals, also where --force is to replace a file that is still there.
if [[ ( $code == 75 || $code -ge 128 || ( $code == 0 && ! -e $output ) ) && ${SLURM_RESTART_COUNT:-0} -lt 100 ]]; then
  scontrol requeue "$SLURM_JOB_ID" && exit 0
fi
exit "$code"
