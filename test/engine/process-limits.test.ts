import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { usableCores, usableMemory } from '../../src/engine/process-limits'
import { threadsFor } from '../../src/engine/processor-use'
import { temporaryFolder } from '../training/small-run'

const computer = vi.hoisted(() => ({ cores: 16, memory: 64 * 2 ** 30 }))
vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  availableParallelism: () => computer.cores,
  totalmem: () => computer.memory,
}))
afterEach(() => vi.restoreAllMocks())

const VERSION_2 = '32 23 0:28 / /sys/fs/cgroup rw,nosuid,nodev - cgroup2 cgroup2 rw,nsdelegate'
const VERSION_1_CPU = (root = '/'): string =>
  `32 31 0:29 ${root} /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct`
const VERSION_1_MEMORY = (root = '/'): string => `35 31 0:32 ${root} /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory`

/** A system of these files, below a folder. */
async function system(
  mounts: readonly string[],
  groups: readonly string[],
  files: Record<string, string> = {},
): Promise<string> {
  const root = await temporaryFolder()
  const all = {
    'proc/self/mountinfo': ['22 1 8:1 / / rw - ext4 /dev/sda1 rw', ...mounts, ''].join('\n'),
    'proc/self/cgroup': [...groups, ''].join('\n'),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

describe('cores that a process may use', () => {
  it.each<[string, number, Parameters<typeof system>]>([
    ['no control groups at all', 16, [[], []]],
    ['version 2, no limit', 16, [[VERSION_2], ['0::/'], { 'sys/fs/cgroup/cpu.max': 'max 100000\n' }]],
    [
      'a container of version 2 (docker --cpus 3)',
      3,
      [[VERSION_2], ['0::/'], { 'sys/fs/cgroup/cpu.max': '300000 100000\n' }],
    ],
    [
      'one and a half cores, of which a half is no core',
      1,
      [[VERSION_2], ['0::/'], { 'sys/fs/cgroup/cpu.max': '150000 100000\n' }],
    ],
    ['a tenth of a core', 1, [[VERSION_2], ['0::/'], { 'sys/fs/cgroup/cpu.max': '10000 100000\n' }]],
    ['more than there are', 16, [[VERSION_2], ['0::/'], { 'sys/fs/cgroup/cpu.max': '6400000 100000\n' }]],
    [
      'a limit of a group around it (a job of Slurm and its step)',
      4,
      [
        [VERSION_2],
        ['0::/system.slice/job_7/step_0/user'],
        {
          'sys/fs/cgroup/system.slice/job_7/cpu.max': '400000 100000\n',
          'sys/fs/cgroup/system.slice/job_7/step_0/user/cpu.max': 'max 100000\n',
        },
      ],
    ],
    [
      'the smaller of two',
      2,
      [
        [VERSION_2],
        ['0::/a/b'],
        { 'sys/fs/cgroup/a/cpu.max': '800000 100000\n', 'sys/fs/cgroup/a/b/cpu.max': '100000 50000\n' },
      ],
    ],
    [
      'version 1, on the computer itself',
      5,
      [
        [VERSION_1_CPU()],
        ['4:memory:/', '2:cpu,cpuacct:/jobs/9'],
        {
          'sys/fs/cgroup/cpu,cpuacct/jobs/9/cpu.cfs_quota_us': '500000\n',
          'sys/fs/cgroup/cpu,cpuacct/jobs/9/cpu.cfs_period_us': '100000\n',
        },
      ],
    ],
    [
      'version 1, in a container that sees its own group only',
      2,
      [
        [VERSION_1_CPU('/docker/0f3a')],
        ['2:cpu,cpuacct:/docker/0f3a'],
        {
          'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '200000\n',
          'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
        },
      ],
    ],
    [
      'version 1, no limit',
      16,
      [
        [VERSION_1_CPU()],
        ['2:cpu,cpuacct:/'],
        {
          'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
          'sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
        },
      ],
    ],
    [
      'version 1 beside an empty version 2',
      3,
      [
        [VERSION_1_CPU(), '41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw'],
        ['2:cpu,cpuacct:/x', '0::/x'],
        {
          'sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_quota_us': '300000\n',
          'sys/fs/cgroup/cpu,cpuacct/x/cpu.cfs_period_us': '100000\n',
        },
      ],
    ],
    [
      'a folder with a blank in its name',
      2,
      [
        ['32 23 0:28 / /sys/fs/c\\040group rw - cgroup2 cgroup2 rw'],
        ['0::/a b'],
        { 'sys/fs/c group/a b/cpu.max': '200000 100000\n' },
      ],
    ],
    ['nonsense in the files', 16, [[VERSION_2], ['0::/', 'nonsense'], { 'sys/fs/cgroup/cpu.max': 'much of it\n' }]],
  ])('%s: %i of 16', async (_, cores, made) => {
    expect(usableCores(await system(...made))).toBe(cores)
  })

  it('are what engines compute on, less those that are spared, or as many threads as a person says', () => {
    expect(threadsFor({})).toBe(usableCores())
    expect(threadsFor({ spareCores: 1 })).toBe(Math.max(1, usableCores() - 1))
    expect(threadsFor({ spareCores: 1000 })).toBe(1)
    expect(threadsFor({ spareCores: 1, threads: 7 })).toBe(7)
  })
})

describe('memory that a process may use', () => {
  const GIB = 2 ** 30
  it.each<[string, number, Parameters<typeof system>]>([
    ['no limit', 64, [[VERSION_2], ['0::/'], { 'sys/fs/cgroup/memory.max': 'max\n' }]],
    ['a container of version 2', 2, [[VERSION_2], ['0::/'], { 'sys/fs/cgroup/memory.max': `${2 * GIB}\n` }]],
    [
      'a limit of a group around it',
      4,
      [
        [VERSION_2],
        ['0::/job/step'],
        { 'sys/fs/cgroup/job/memory.max': `${4 * GIB}\n`, 'sys/fs/cgroup/job/step/memory.max': 'max\n' },
      ],
    ],
    [
      'version 1, in a container',
      3,
      [
        [VERSION_1_MEMORY('/docker/0f3a')],
        ['4:memory:/docker/0f3a'],
        { 'sys/fs/cgroup/memory/memory.limit_in_bytes': `${3 * GIB}\n` },
      ],
    ],
    [
      'version 1, no limit',
      64,
      [[VERSION_1_MEMORY()], ['4:memory:/'], { 'sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n' }],
    ],
  ])('%s: %i of 64 GB', async (_, gibibytes, made) => {
    vi.spyOn(process, 'constrainedMemory').mockReturnValue(0)
    expect(usableMemory(await system(...made))).toBe(gibibytes * GIB)
  })

  it('is what Node.js knows of, if that is less', async () => {
    const nowhere = await system([], [])
    const constrained = vi.spyOn(process, 'constrainedMemory')
    for (const [told, expected] of [
      [GIB, GIB],
      [2 ** 64, 64 * GIB],
      [0, 64 * GIB],
    ]) {
      constrained.mockReturnValue(told)
      expect(usableMemory(nowhere)).toBe(expected)
    }
  })
})
