import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jobFiles, type BuiltProgram, type JobSettings } from '../../src/cli/sweep/sweep-jobs'
import { rungsOf } from '../../src/sweeps/halving'
import { temporaryFolder } from '../training/small-run'

/** A name that a shell would take apart. */
const NAME = `a 'sweep' of $HOME "x"`
const HALVED = rungsOf({ keep: 0.5, epochs: [3] }, 2500)

interface Written {
  readonly place: string
  readonly folder: string
  readonly texts: ReadonlyMap<string, string>
}

/** Jobs in a folder, whose program writes down how it is called and does what a test says. */
async function written(program: string, change: Partial<JobSettings> = {}): Promise<Written> {
  const place = await temporaryFolder()
  const folder = join(place, NAME)
  const built: BuiltProgram = { words: [join(place, 'made one'), join(place, 'made.js')], isElectron: false }
  executable(built.words[0], `echo "made $*" >> '${join(place, 'calls')}'\n${program}`)
  const settings = { folder, rungs: HALVED, pack: 1, threads: 2, time: '2:00:00', ...change }
  const texts = jobFiles(settings, built)
  for (const [name, text] of texts) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return { place, folder, texts }
}

function executable(path: string, text: string): void {
  writeFileSync(path, `#!/bin/sh\n${text}\n`)
  chmodSync(path, 0o755)
}

/** Runs a job in a shell, with programs of its batch system that write down how they are called. */
function runJob(
  { place, folder }: Written,
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
) {
  const bin = join(place, 'bin')
  mkdirSync(bin, { recursive: true })
  for (const program of ['scontrol', 'qrerun', 'sleep'])
    executable(join(bin, program), `echo "${program} $*" >> '${join(place, 'calls')}'`)
  executable(join(bin, 'srun'), 'while [ "${1#--}" != "$1" ]; do shift; done; exec "$@"')
  executable(join(bin, 'sbatch'), `for one; do echo "sbatch: $one" >> '${join(place, 'calls')}'; done; echo "$(grep -c ': --array' '${join(place, 'calls')}');cluster"`) // prettier-ignore
  const { status, stderr } = spawnSync('sh', [join(folder, 'jobs', name), ...args], {
    env: { PATH: [bin, process.env['PATH']].join(delimiter), ...env },
    encoding: 'utf8',
  })
  return { status, stderr, calls: readFileSync(join(place, 'calls'), 'utf8').trim().split('\n') }
}

const isWindows = process.platform === 'win32'

describe.skipIf(isWindows)(`the jobs of a sweep${isWindows ? ' — SKIPPED: they are for Unix' : ''}`, () => {
  it('are programs that a shell takes', async () => {
    const { folder, texts } = await written('true')
    for (const name of texts.keys())
      if (name.endsWith('.sh'))
        expect([name, spawnSync('sh', ['-n', join(folder, name)], { encoding: 'utf8' }).stderr]).toEqual([name, ''])
    expect([...texts.values()].filter((text) => /@[A-Z]+@/.test(text))).toEqual([])
  })

  it.each([
    ['slurm.sh', { SLURM_ARRAY_TASK_ID: '7', SLURM_ARRAY_JOB_ID: '40', SLURM_JOB_ID: '47' }, 75, ['scontrol requeue 40_7', 'sleep 600']], // prettier-ignore
    ['sge.sh', { SGE_TASK_ID: '8' }, 99, []],
    ['pbs.sh', { PBS_ARRAY_INDEX: '7', PBS_JOBID: '40[7].here' }, 75, ['qrerun 40[7].here', 'sleep 600']],
  ])('%s does a task, and has it done again where it was saved', async (name, env, status, more) => {
    const saved = await written('exit 75')
    const { place, folder } = saved
    const call = `made ${join(place, 'made.js')} sweep run ${folder} 7 --rung 0`
    expect(runJob(saved, name, [], env)).toMatchObject({ status, calls: [call, ...more] })
    for (const end of [0, 1]) {
      const over = await written(`exit ${end}`)
      const { calls, status: left } = runJob(over, name, [], env)
      expect([left, calls.length]).toEqual([end, 1])
    }
  })

  it('of Slurm takes a rung, and counts on from where an array cannot count', async () => {
    const job = await written('exit 0')
    const { calls } = runJob(job, 'slurm.sh', ['1', '2000'], { SLURM_ARRAY_TASK_ID: '5' })
    expect(calls[0]).toContain(' 2005 --rung 1')
    expect(job.texts.get('jobs/slurm.sh')).toMatch(/^#!\/bin\/sh\n(#SBATCH .*\n)+#/)
    for (const line of ['--requeue', '--open-mode=append', '--signal=TERM@20', '--cpus-per-task=2', '--time=2:00:00'])
      expect(job.texts.get('jobs/slurm.sh')).toContain(`#SBATCH ${line}\n`)
  })

  it('of Slurm are submitted a thousand at a time, a rung after the one before, and only what is left', async () => {
    const job = await written('case "$*" in *"--from 1000"*) ;; *) echo 0,3-5 ;; esac')
    const { calls, status } = runJob(job, 'submit-slurm.sh', ['--partition=two words'], {})
    expect(status).toBe(0)
    const asked = calls.filter((line) => line.startsWith('made')).map((line) => line.slice(line.indexOf('--rung')))
    expect(asked).toEqual([0, 1000, 2000].map((from) => `--rung 0 --from ${from} --count 1000`).concat([0, 1000].map((from) => `--rung 1 --from ${from} --count 1000`))) // prettier-ignore
    const submitted = calls.filter((line) => line.startsWith('sbatch')).map((line) => line.slice('sbatch: '.length))
    const words = (rung: number, from: number, ...more: string[]): string[] => [
      '--parsable',
      '--array=0,3-5',
      `--output=${job.folder}/logs/slurm-%A_%a.log`,
      ...more,
      '--partition=two words',
      join(job.folder, 'jobs', 'slurm.sh'),
      String(rung),
      String(from),
    ]
    expect(submitted).toEqual([...words(0, 0), ...words(0, 2000), ...words(1, 0, '--dependency=afterany:1:2')])
  })

  it('of Kubernetes has the fields of an Indexed Job', async () => {
    const { texts } = await written('true', { pack: 10 })
    for (const [rung, tasks] of [250, 125].entries()) {
      const job = JSON.parse(texts.get(`jobs/kubernetes-rung-${rung}.json`) ?? '') as {
        spec: { template: { spec: object } }
      }
      expect(job).toMatchObject({
        apiVersion: 'batch/v1',
        kind: 'Job',
        spec: { completionMode: 'Indexed', completions: tasks, parallelism: tasks, backoffLimitPerIndex: 3 },
      })
      expect(job.spec).toMatchObject({
        podFailurePolicy: {
          rules: [
            { action: 'Ignore', onExitCodes: { containerName: 'made', operator: 'In', values: [75] } },
            { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
          ],
        },
        // A policy of failures asks for this.
        template: { spec: { restartPolicy: 'Never', containers: [{ name: 'made' }] } },
      })
      expect(JSON.stringify(job)).toContain(JSON.stringify(['$(JOB_COMPLETION_INDEX)', '--rung', String(rung)]).slice(1, -1)) // prettier-ignore
    }
  })

  it('of HTCondor begins what was saved again', async () => {
    const text = (await written('true')).texts.get('jobs/condor.sub') ?? ''
    expect(text).toContain('\non_exit_remove = (ExitBySignal == False) && (ExitCode != 75)\n')
    expect(text).toContain('\ntasks = 2500\n')
    expect(text).toMatch(
      /\narguments = "'.*made\.js' sweep run '.*a ''sweep'' of \$HOME ""x""' \$\(Process\) --rung \$\(rung\)"\n/,
    )
  })
})
