import { readFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { smallest } from '../base/extremes'

/**
 * What the system lets this process use of the computer. Containers and batch systems often grant less than there is, and
 * Linux says so in the files of control groups, of either version: cpu.max and memory.max, or cpu.cfs_quota_us and
 * memory.limit_in_bytes. A limit of any group around the process holds.
 */

/** The folder below which /proc and /sys are. */
const ROOT = '/'

/**
 * Cores that this process may keep busy, at least 1: those that it may run on, or fewer where it is granted less time. Part
 * of a core is not counted: threads that wait for each other would wait for the one that is held back.
 */
export function usableCores(root = ROOT): number {
  const granted = groupFolders(root, 'cpu').map(({ folder, version }) => coresOf(folder, version))
  return Math.max(1, smallest([availableParallelism(), ...granted.map(Math.floor)]))
}

/** Bytes of memory that this process may use: those of the computer, or fewer where it is granted less. */
export function usableMemory(root = ROOT): number {
  const granted = groupFolders(root, 'memory').map(({ folder, version }) =>
    numberIn(join(folder, version === 2 ? 'memory.max' : 'memory.limit_in_bytes')),
  )
  // 0 stands for no limit, and so does a number beyond what there is.
  const constrained = process.constrainedMemory() || Infinity
  return smallest([totalmem(), constrained, ...granted])
}

interface GroupFolder {
  readonly folder: string
  readonly version: 1 | 2
}

/** Where the limits of the groups that this process is in are said, the innermost first; nowhere on other systems than Linux. */
function groupFolders(root: string, controller: 'cpu' | 'memory'): GroupFolder[] {
  const mounts = textOf(join(root, 'proc', 'self', 'mountinfo'))
    .split('\n')
    .map(mountOf)
  return textOf(join(root, 'proc', 'self', 'cgroup'))
    .split('\n')
    .flatMap((line) => {
      const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
      if (path === undefined) return []
      const version = controllers === '' ? 2 : 1
      if (version === 1 && !controllers.split(',').includes(controller)) return []
      const mount = mounts.find(
        (one) => one?.version === version && (version === 2 || one.options.includes(controller)),
      )
      return mount ? foldersUpFrom(join(root, mount.point), pathBelow(mount.root, path), version) : []
    })
}

interface Mount {
  readonly version: 1 | 2
  /** The group that is mounted. */
  readonly root: string
  readonly point: string
  readonly options: readonly string[]
}

/** A line of mountinfo: "32 23 0:28 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw"; null for other file systems. */
function mountOf(line: string): Mount | null {
  const [before, after] = line.split(' - ')
  const [type, , options] = after?.split(' ') ?? []
  if (type !== 'cgroup' && type !== 'cgroup2') return null
  const [root, point] = before.split(' ').slice(3, 5).map(unescaped)
  return { version: type === 'cgroup2' ? 2 : 1, root, point, options: options?.split(',') ?? [] }
}

/** Blanks and backslashes stand there as octal numbers. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)))
}

/** A group as it is found below the one that is mounted; in a container, where others are out of sight, that one itself. */
function pathBelow(mounted: string, path: string): string {
  if (mounted === '/') return path.startsWith('/..') ? '' : path
  return path === mounted || path.startsWith(`${mounted}/`) ? path.slice(mounted.length) : ''
}

function foldersUpFrom(point: string, path: string, version: 1 | 2): GroupFolder[] {
  const names = path.split('/').filter((name) => name !== '')
  return Array.from({ length: names.length + 1 }, (_, up) => ({
    folder: join(point, names.slice(0, names.length - up).join('/')),
    version,
  }))
}

/** The time that a group is granted, in cores. */
function coresOf(folder: string, version: 1 | 2): number {
  if (version === 2) {
    const [quota, period] = textOf(join(folder, 'cpu.max')).trim().split(' ').map(Number)
    return quota > 0 && period > 0 ? quota / period : Infinity
  }
  const [quota, period] = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) => numberIn(join(folder, name)))
  return Number.isFinite(quota) && Number.isFinite(period) ? quota / period : Infinity
}

/** The number that a file holds; infinite where there is none, as for "max" and −1. */
function numberIn(path: string): number {
  const number = Number.parseInt(textOf(path), 10)
  return number > 0 ? number : Infinity
}

/** What a file holds; nothing where there is no such file, which means that nothing is limited by it. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
