import type { Draws } from '../draws'
import { sizeOf, type Input } from '../input'
import { MOST_BYTES } from './bytes'
import { changeFile } from './formats'

/** Changes one to six things in the files of an input. */
export function changeInput(input: Input, other: Input, draws: Draws): Input {
  let changed = input
  for (let left = draws.times(6); left > 0; left--) changed = changeOneFile(changed, other, draws)
  return changed
}

function changeOneFile(input: Input, other: Input, draws: Draws): Input {
  const files = [...input]
  const at = draws.below(files.length)
  const [name, bytes] = files[at]
  // Mostly a file that is called the same in the other input, else any of it.
  const otherBytes = other.get(name) ?? draws.pick([...other.values()])
  return new Map(files.with(at, [name, changeFile(bytes, otherBytes, draws)]))
}

/** A changed input, or the one before where it has grown beyond what is looked at: lists in lists multiply. */
export function ofModerateSize(changed: Input, before: Input): Input {
  return sizeOf(changed) > MOST_BYTES ? before : changed
}
