/** So many hues there are (`--hue-0` and on, in tokens.css), told apart also by people who are colour-blind. */
export const HUES = 8

/** The hue of a run, from 0: the same wherever it is shown, and on every computer. */
export function hueOf(runId: string): number {
  // FNV-1a: the ids of runs of one day differ in their ends only.
  let hash = 0x811c9dc5
  for (const letter of runId) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES
}
