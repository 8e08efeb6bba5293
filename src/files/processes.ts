import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Names the processes that a process number is one of: on Linux a pid namespace of a kernel since it was started. Two
 * containers of one host may have the same name and the same numbers, and mean others by them.
 */
export const PID_NAMESPACE = pidNamespace()

/** The host and the pid namespace of this process as a part of a file's name. */
export const PLACE = `${hostname()
  .replace(/[^A-Za-z0-9-]/g, '-')
  .slice(0, 40)}-${createHash('sha256').update(PID_NAMESPACE).digest('hex').slice(0, 8)}`

/** Whether there is a process of this number in the namespace of this one. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process that may not be signalled exists all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function pidNamespace(): string {
  if (process.platform !== 'linux') return process.platform
  try {
    // Where /proc shows the processes of another namespace, its numbers are not those of this process.
    if (readlinkSync('/proc/self') === String(process.pid))
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    // Without /proc nothing tells this namespace from others.
  }
  return randomUUID()
}
