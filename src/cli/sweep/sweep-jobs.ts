import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Rung } from '../../sweeps/halving'
import { taskCount } from '../../sweeps/tasks'
import condor from './jobs/condor.sub?raw'
import parallel from './jobs/parallel.sh?raw'
import pbs from './jobs/pbs.sh?raw'
import sge from './jobs/sge.sh?raw'
import slurm from './jobs/slurm.sh?raw'
import submitSlurm from './jobs/submit-slurm.sh?raw'

/** As many tasks as an array of Slurm has at most: MaxArraySize, which is 1001 unless it was changed, is above all numbers. */
const MOST_IN_ARRAY = 1000
const JOBS = 'jobs'
/** Megabytes that a run of a moderate model takes with its data. */
const MEMORY_MB = 2000
const SECONDS_TO_SAVE = 60
/** How often Kubernetes starts a task again that failed; one that was saved does not count. */
const MOST_FAILURES = 3

/** What the jobs of a sweep are made of. */
export interface JobSettings {
  /** The folder of the sweep, absolute. */
  readonly folder: string
  readonly rungs: readonly Rung[]
  readonly pack: number
  readonly threads: number
  /** How long a job may take, as Slurm has it: 1:00:00. */
  readonly time: string
}

/** The program that a job calls: the built one, without what looks at sources before. */
export interface BuiltProgram {
  /** What it is called by: a program, and what comes first after it. */
  readonly words: readonly [string, ...string[]]
  /** Whether the program is the application, which is to play Node.js. */
  readonly isElectron: boolean
}

/** This program, as it is called without npm. */
export function builtProgram(): BuiltProgram {
  // What an AppImage holds is only there while it runs.
  const { APPIMAGE: image } = process.env
  if (image !== undefined && 'electron' in process.versions) return { words: [image, 'made'], isElectron: false }
  // Beside this file once it is built, and in a checkout where the command line is built.
  const built = ['.', '../../../out/cli'].map((folder) => join(import.meta.dirname, folder, 'made.js'))
  const entry = built.find((path) => existsSync(path)) ?? built[0]
  return { words: [process.execPath, entry], isElectron: 'electron' in process.versions }
}

/** The jobs of a sweep for several batch systems, by the names of their files. */
export function jobFiles(settings: JobSettings, { words, isElectron }: BuiltProgram): Map<string, string> {
  const { folder, rungs, pack, threads, time } = settings
  const as = isElectron ? ['env', 'ELECTRON_RUN_AS_NODE=1'] : []
  const logs = join(folder, 'logs')
  const tasks = rungs.map(({ places }) => taskCount(places, pack))
  const cores = String(threads)
  const texts = {
    MADE: [...as, ...words.map(inShell)].join(' '),
    FOLDER: inShell(folder),
    LOGS: inShell(logs),
    CORES: cores,
    TIME: time,
    TASKS: String(tasks[0]),
    LAST: String(tasks[0] - 1),
    MOST: String(MOST_IN_ARRAY),
    // As many at a time as there are cores for them.
    JOBS: `$(n=$(($(nproc) / ${cores})); echo $((n > 0 ? n : 1)))`,
  }
  const file = (name: string, template: string, more: Readonly<Record<string, string>> = {}): [string, string] => [
    join(JOBS, name),
    filled(template, { ...texts, ...more }),
  ]
  const counts = tasks.map((count, rung) => [rung, count].join(' ')).join('\n')
  return new Map([
    file('slurm.sh', slurm),
    file('submit-slurm.sh', submitSlurm, { JOB: inShell(join(folder, JOBS, 'slurm.sh')), RUNGS: counts }),
    file('parallel.sh', parallel, { RUNGS: counts }),
    file('sge.sh', sge),
    file('pbs.sh', pbs),
    file('condor.sub', condor, {
      PROGRAM: words[0],
      ARGUMENTS: words.slice(1).map(inCondor).join(' '),
      FOLDER: inCondor(folder),
      LOGS: logs,
      ENVIRONMENT: isElectron ? 'ELECTRON_RUN_AS_NODE=1' : '',
      MEMORY: String(MEMORY_MB),
    }),
    ...rungs.map(({ number }): [string, string] => [
      join(JOBS, `kubernetes-rung-${number}.json`),
      kubernetesJob(settings, number, tasks[number]),
    ]),
    [join('logs', '.keep'), ''],
  ])
}

/** An Indexed Job of Kubernetes. Not run where it was made: its fields are those of batch/v1 since version 1.29. */
function kubernetesJob({ folder, threads }: JobSettings, rung: number, tasks: number): string {
  const job = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `made-sweep-rung-${rung}` },
    spec: {
      completionMode: 'Indexed',
      completions: tasks,
      parallelism: Math.min(tasks, MOST_IN_ARRAY),
      backoffLimitPerIndex: MOST_FAILURES,
      podFailurePolicy: {
        // Saved: started again, and no failure. So is what a node took away.
        rules: [
          { action: 'Ignore', onExitCodes: { containerName: 'made', operator: 'In', values: [75] } },
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
        ],
      },
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: SECONDS_TO_SAVE,
          containers: [
            {
              name: 'made',
              image: 'REGISTRY/made-studio:VERSION',
              // Kubernetes fills in the number of the task.
              command: ['made', 'sweep', 'run', folder, '$(JOB_COMPLETION_INDEX)', '--rung', String(rung)],
              resources: { requests: { cpu: String(threads), memory: `${MEMORY_MB}Mi` } },
              volumeMounts: [{ name: 'sweep', mountPath: folder }],
            },
          ],
          volumes: [{ name: 'sweep', persistentVolumeClaim: { claimName: 'CLAIM' } }],
        },
      },
    },
  }
  return `${JSON.stringify(job, null, 2)}\n`
}

/** A template with its places filled in. @throws Error if it has one of another name */
function filled(template: string, texts: Readonly<Record<string, string>>): string {
  return template.replaceAll(/@([A-Z]+)@/g, (_, name: string) => {
    if (!Object.hasOwn(texts, name)) throw new Error(`a job has the place ${name}`)
    return texts[name]
  })
}

/** A text as one word of a shell. */
function inShell(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

/** A text as one word among the arguments of HTCondor. */
function inCondor(text: string): string {
  return `'${text.replaceAll("'", "''").replaceAll('"', '""')}'`
}
