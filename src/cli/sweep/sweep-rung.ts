import type { SweepFolder } from '../../runs/sweep-folder'
import type { Rung } from '../../sweeps/halving'
import { wholeWithin } from '../usage'

/** The rung that `--rung` names; the first one where nothing is said. @throws UsageError */
export function rungOf({ rungs }: SweepFolder, text = '0'): Rung {
  return rungs[wholeWithin('--rung', text, 0, rungs.length - 1)]
}
