#!/bin/sh
#$ -N made-sweep
#$ -cwd
#$ -j y
#$ -r y
#$ -notify
#$ -l h_rt=@TIME@
# Not run where it was written, which was after the manual of Grid Engine: qsub -t 1-@TASKS@ sge.sh
# The next rung of a halved sweep, of N tasks: qsub -t 1-N -hold_jid JOB_OF_THE_RUNG_BEFORE sge.sh RUNG
# With -notify a job hears of its end by SIGUSR2, and SIGUSR1; the program is told by SIGTERM.
@MADE@ sweep run @FOLDER@ "$((SGE_TASK_ID - 1))" --rung "${1:-0}" &
made=$!
trap 'kill -TERM "$made"' USR1 USR2 TERM
# A signal ends the wait, and not the work.
while kill -0 "$made" 2>/dev/null; do wait "$made"; done
wait "$made"
status=$?
# Grid Engine queues a job again that leaves with 99.
if [ "$status" -eq 75 ]; then status=99; fi
exit "$status"
