#!/bin/sh
# Does the sweep on this computer with GNU parallel; on others, too, that see the same folder: add --sshloginfile FILE.
# Given again, it does what failed or was interrupted, and what has not begun. What is given to this script goes to parallel,
# such as --jobs 4. At Ctrl+C or SIGTERM the runs are told to save, for which a minute is left to them.
set -u
status=0
stopped=''
pid=''
# The first signal keeps parallel from beginning more, the second one ends what it has begun.
trap 'stopped=yes; kill -TERM "$pid"; sleep 1; kill -TERM "$pid"' INT TERM HUP
while read -r rung tasks; do
  # shellcheck disable=SC2046 -- numbers
  parallel --jobs "@JOBS@" --joblog @LOGS@/"parallel-$rung.joblog" --resume-failed --termseq TERM,60000,KILL,25 "$@" \
    @MADE@ sweep run @FOLDER@ {} --rung "$rung" ::: $(seq 0 $((tasks - 1))) </dev/null &
  pid=$!
  # A signal ends the wait, and not the work.
  while kill -0 "$pid" 2>/dev/null; do wait "$pid"; done
  wait "$pid" || status=1
  if [ -n "$stopped" ]; then break; fi
done <<'RUNGS'
@RUNGS@
RUNGS
if [ -n "$stopped" ]; then status=75; fi
exit "$status"
