#!/bin/sh
# Submits what is left to do of the sweep: an array for each rung, and for each @MOST@ tasks of it, since the numbers of an
# array stay below MaxArraySize (1001 unless it was changed: scontrol show config). A rung waits until the one before is over.
# What is given to this script goes to sbatch, such as --partition=short --constraint=avx512.
set -eu
before=''
while read -r rung places; do
  ids=''
  from=0
  while [ "$from" -lt "$places" ]; do
    array=$(@MADE@ sweep todo @FOLDER@ --rung "$rung" --from "$from" --count @MOST@)
    if [ -n "$array" ]; then
      # shellcheck disable=SC2086 -- one word, or none
      id=$(sbatch --parsable --array="$array" --output=@LOGS@/slurm-%A_%a.log $before "$@" @JOB@ "$rung" "$from")
      ids="$ids:${id%%;*}"
      echo "rung $rung, tasks $array, counted from $from: job ${id%%;*}"
    fi
    from=$((from + @MOST@))
  done
  if [ -n "$ids" ]; then before="--dependency=afterany$ids"; fi
done <<'RUNGS'
@RUNGS@
RUNGS
