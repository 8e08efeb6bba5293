import { fillDisks, protectDisks, unplugDisks } from './kinds/bad-disks'
import { killCommands } from './kinds/command-kills'
import { killCompute } from './kinds/compute-kills'
import { failCalls } from './kinds/failing-calls'
import { killQueues } from './kinds/queue-kills'
import { cutPower } from './kinds/power-cuts'
import { failAtEveryStep, killAtEveryStep } from './kinds/steps'
import { lackingFiu } from './fiu'
import { killWindows, lackingWindows } from './kinds/window-kills'
import { lackingDisks } from './small-disk'
import type { Trial } from './trial'

/** One kind of trouble. */
export interface Kind {
  readonly name: string
  /** What is done, for the report. */
  readonly title: string
  /** What is counted. */
  readonly unit: string
  /** Disturbances of the long form, and of the short one in `npm test`. */
  readonly long: number
  readonly short: number
  /** Why it cannot be done here, or null. */
  readonly lacking: () => Promise<string | null>
  /** Whether it makes disks, for which it needs a namespace of mounts of its own. */
  readonly makesDisks?: true
  readonly torture: (trial: Trial) => Promise<void>
}

const nothing = (): Promise<null> => Promise.resolve(null)

export const KINDS: readonly Kind[] = [
  {
    name: 'command',
    title: 'made train and resume are killed',
    unit: 'kills',
    long: 1000,
    short: 8,
    lacking: nothing,
    torture: killCommands,
  },
  {
    name: 'compute',
    title: 'the compute process of the application is killed',
    unit: 'kills',
    long: 1000,
    short: 12,
    lacking: nothing,
    torture: killCompute,
  },
  {
    name: 'queue',
    title: 'the compute process is killed while a queue of runs is trained',
    unit: 'kills',
    long: 500,
    short: 6,
    lacking: nothing,
    torture: killQueues,
  },
  {
    name: 'steps',
    title: 'the compute process is killed at each change of a file',
    unit: 'kills',
    long: 400,
    short: 18,
    lacking: nothing,
    torture: killAtEveryStep,
  },
  {
    name: 'refusals',
    title: 'each change of a file is refused once',
    unit: 'refusals',
    long: 400,
    short: 18,
    lacking: nothing,
    torture: failAtEveryStep,
  },
  {
    name: 'calls',
    title: 'calls of the C library fail at random (libfiu)',
    unit: 'failing processes',
    long: 300,
    short: 6,
    lacking: lackingFiu,
    torture: failCalls,
  },
  {
    name: 'power',
    title: 'the power goes at each change of a file',
    unit: 'power cuts',
    long: 2000,
    short: 24,
    lacking: nothing,
    torture: cutPower,
  },
  {
    name: 'full',
    title: 'the disk is full for a while',
    unit: 'times',
    long: 200,
    short: 2,
    lacking: lackingDisks,
    makesDisks: true,
    torture: fillDisks,
  },
  {
    name: 'protected',
    title: 'the disk is read-only for a while',
    unit: 'times',
    long: 200,
    short: 2,
    lacking: lackingDisks,
    makesDisks: true,
    torture: protectDisks,
  },
  {
    name: 'unplugged',
    title: 'the disk is unplugged for a while',
    unit: 'times',
    long: 200,
    short: 2,
    lacking: lackingDisks,
    makesDisks: true,
    torture: unplugDisks,
  },
  {
    name: 'window',
    title: 'the application in its window is killed, or its compute process',
    unit: 'kills',
    long: 48,
    short: 0,
    lacking: lackingWindows,
    torture: killWindows,
  },
]
