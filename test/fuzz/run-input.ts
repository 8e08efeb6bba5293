import { writeFileSync } from 'node:fs'
import { Fault, Unanswered, type Outcome } from './checks/fault'
import { sizeOf, type Input } from './input'
import type { Target } from './target'

/** What came of an input. */
export type Verdict = Measured &
  ({ readonly kind: 'right'; readonly outcome: Outcome } | { readonly kind: 'find'; readonly find: Find })

/** Something that the program does wrong. */
export interface Find {
  /** fault: what came back is not right; thrown: something else than a failure in words; memory, hang, crash: see their words. */
  readonly kind: 'fault' | 'thrown' | 'memory' | 'pollution' | 'hang' | 'crash'
  readonly words: string
  readonly stack: string
}

interface Measured {
  readonly milliseconds: number
  /** How much larger the process became at its largest, in bytes. */
  readonly memory: number
  /** How large the process was then, in bytes. */
  readonly peak: number
}

/** What any input may take, and for each of its bytes: deflate packs a thousand bytes into one. */
const MEMORY = { base: 256 * 1024 * 1024, perByte: 4096 } as const

/** Runs one input, watching for what targets cannot see themselves. */
export async function runInput(target: Target, input: Input, folder: () => string): Promise<Verdict> {
  const prototypes = prototypeKeys()
  const before = peakMemory(true)
  const began = performance.now()
  const outcome = await outcomeOf(target, input, folder)
  const milliseconds = performance.now() - began
  const peak = peakMemory(false)
  const measured = { milliseconds, memory: Math.max(0, peak - before), peak }
  if ('words' in outcome) return { ...measured, kind: 'find', find: outcome }
  const find = (kind: Find['kind'], words: string): Verdict => ({
    ...measured,
    kind: 'find',
    find: { kind, words, stack: '' },
  })
  if (prototypeKeys() !== prototypes)
    return find('pollution', 'a prototype that all objects share has other keys than before')
  const most = MEMORY.base + MEMORY.perByte * sizeOf(input)
  if (measured.memory > most) return find('memory', `${sizeOf(input)} bytes took ${mebibytes(measured.memory)} MiB`)
  return { ...measured, kind: 'right', outcome }
}

export function mebibytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}

async function outcomeOf(target: Target, input: Input, folder: () => string): Promise<Outcome | Find> {
  try {
    return await target.run(input, folder)
  } catch (thrown) {
    return findOf(thrown)
  }
}

/** The find that something thrown stands for. */
export function findOf(thrown: unknown): Find {
  const words = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : `thrown: ${String(thrown)}`
  return {
    kind: thrown instanceof Unanswered ? 'hang' : thrown instanceof Fault ? 'fault' : 'thrown',
    words,
    stack: thrown instanceof Error ? (thrown.stack ?? '') : '',
  }
}

/** How many keys the prototypes have that everything inherits from. */
function prototypeKeys(): number {
  let keys = 0
  for (const prototype of PROTOTYPES) keys += Reflect.ownKeys(prototype).length
  return keys
}
const PROTOTYPES: readonly object[] = [Object.prototype, Array.prototype]

/** The most memory that the process had, in bytes; on Linux since it was last asked for anew. */
function peakMemory(anew: boolean): number {
  if (anew && process.platform === 'linux')
    try {
      writeFileSync('/proc/self/clear_refs', '5')
    } catch {
      // Where that is not allowed, it is the most since the beginning.
    }
  return process.resourceUsage().maxRSS * 1024
}
