#!/bin/sh
#SBATCH --job-name=made-sweep
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=@CORES@
#SBATCH --time=@TIME@
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=TERM@20
# One task of an array; submit-slurm.sh, beside, submits all of them. $1: the rung; $2: what is added to the number of a task,
# where there are more than an array may have. A large model takes longer to save: then --signal=TERM@60, or more.
task=$((SLURM_ARRAY_TASK_ID + ${2:-0}))
srun --ntasks=1 --cpus-per-task=@CORES@ @MADE@ sweep run @FOLDER@ "$task" --rung "${1:-0}"
status=$?
# 75: saved, and there is more to do. This one task is queued again, and waits until it is taken away.
if [ "$status" -eq 75 ]; then
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 600
fi
exit "$status"
