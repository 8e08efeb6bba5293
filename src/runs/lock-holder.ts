import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { z } from 'zod'
import { exists, PID_NAMESPACE } from '../files/processes'

/** The process that holds a lock, and where its number means something. */
export const lockHolderSchema = z.object({
  host: z.string(),
  /** Names the processes that `pid` is one of (files/processes.ts). */
  pidNamespace: z.string(),
  pid: z.number().int().positive(),
  /** When the process began, on a clock of its host, so that a later one of the same number is another; null if unknown. */
  began: z.string().nullable(),
  /** Names this one taking of the lock. */
  nonce: z.string().min(1),
})
export type LockHolder = z.infer<typeof lockHolderSchema>

/** What this process holds: a lock with its number and another nonce was left by one that had the number before. */
const heldHere = new Set<string>()

const BEGAN = beginningOf(process.pid)

/** This process as a holder, until `forget`. */
export function thisProcess(): LockHolder {
  const nonce = randomUUID()
  heldHere.add(nonce)
  return { host: hostname(), pidNamespace: PID_NAMESPACE, pid: process.pid, began: BEGAN, nonce }
}

/** This process holds that no more. */
export function forget({ nonce }: LockHolder): void {
  heldHere.delete(nonce)
}

/** Whether it is this process that holds that. */
export function isOwn({ nonce }: LockHolder): boolean {
  return heldHere.has(nonce)
}

/** Whether a holder still works; 'unknown' where its number says nothing here. */
export function lifeOf({ host, pidNamespace, pid, began, nonce }: LockHolder): 'alive' | 'dead' | 'unknown' {
  if (heldHere.has(nonce)) return 'alive'
  if (host !== hostname() || pidNamespace !== PID_NAMESPACE) return 'unknown'
  if (pid === process.pid || !exists(pid) || isOver(pid)) return 'dead'
  const beganNow = beginningOf(pid)
  if (began === null || beganNow === null) return 'unknown'
  return began === beganNow ? 'alive' : 'dead'
}

/** Ticks from the start of the kernel to that of the process; null where nobody tells. */
function beginningOf(pid: number): string | null {
  return statOf(pid)?.[19] ?? null
}

/** A process that has ended is there until its parent has asked how, which some never do. */
function isOver(pid: number): boolean {
  return ['Z', 'X'].includes(statOf(pid)?.[0] ?? '')
}

/** What the kernel says of a process: its state, the number of its parent and so on; null where it says nothing. */
function statOf(pid: number): string[] | null {
  if (process.platform !== 'linux') return null
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name of the program, in parentheses, may hold anything.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
