#!/bin/sh
#PBS -N made-sweep
#PBS -j oe
#PBS -r y
#PBS -l select=1:ncpus=@CORES@
#PBS -l walltime=@TIME@
# Not run where it was written, which was after the manual of OpenPBS: qsub -J 0-@LAST@ pbs.sh
# The next rung of a halved sweep: qsub -J 0-N -W depend=afterany:JOB_OF_THE_RUNG_BEFORE -v RUNG=1 pbs.sh
# An array has two tasks at least. One alone: qsub -v PBS_ARRAY_INDEX=0 pbs.sh
@MADE@ sweep run @FOLDER@ "$PBS_ARRAY_INDEX" --rung "${RUNG:-0}"
status=$?
if [ "$status" -eq 75 ]; then
  qrerun "$PBS_JOBID" && sleep 600
fi
exit "$status"
