#!/bin/sh
# Does the sweep on this computer with GNU parallel; on others, too, that see the same folder: add --sshloginfile FILE.
# Given again, it does what failed or was interrupted, and what has not begun. What is given to this script goes to parallel,
# such as --jobs 4. Of SIGTERM to it the runs hear, too: a minute is left to them to save.
set -u
status=0
while read -r rung tasks; do
  seq 0 $((tasks - 1)) | parallel --jobs "@JOBS@" --joblog @LOGS@/"parallel-$rung.joblog" --resume-failed \
    --termseq TERM,60000,KILL,25 "$@" @MADE@ sweep run @FOLDER@ {} --rung "$rung" || status=$?
done <<'RUNGS'
@RUNGS@
RUNGS
exit "$status"
