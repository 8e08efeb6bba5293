import type { Kind } from './kinds'
import type { Tally } from './trial'

/** What came of one kind. */
export interface Outcome {
  readonly kind: Kind
  /** Why it could not be done here. */
  readonly lacking: string | null
  readonly tally: Tally | null
  readonly seed: number
  readonly seconds: number
}

/** An outcome as a line, or as one line of JSON. */
export function report({ kind, lacking, tally, seed, seconds }: Outcome, json: boolean): string {
  if (json) return JSON.stringify({ kind: kind.name, lacking, seed, seconds, ...tally })
  if (!tally) return `SKIPPED: ${kind.title}. ${lacking}`
  const { disturbances, resumes, compared, faults, moments } = tally
  const found = faults.length === 0 ? 'nothing lost, nothing differs' : `${faults.length} FAULTS`
  const when = Object.entries(moments)
    .sort(([, a], [, b]) => b - a)
    .map(([moment, times]) => `${moment} ${times}`)
    .join(', ')
  return [
    `${kind.title}: ${disturbances} ${kind.unit}, ${resumes} resumes, ${compared} runs compared to the last bit;`,
    `${found}; ${seconds.toFixed(0)} s, seed ${seed}`,
    when === '' ? '' : `\n    ${when}`,
  ].join(' ')
}
