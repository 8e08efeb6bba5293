import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest'
import { RunFolder } from '../../src/runs/run-folder'
import { runMadeHere } from '../cli/made-command'
import { prepared, runPath, trainedAlone } from '../cli/small-sweep'
import { lackingSlurm, SmallSlurm, until, type NodeName } from './small-slurm'

const lacking = lackingSlurm()
const skipped = lacking === null ? '' : ` — SKIPPED: ${lacking}`

/** Runs of some three seconds. */
const BASE = {
  data: 'synthetic:markov-chain,columns=20,train=2000,valid=200,test=200',
  hidden: [100],
  batchSize: 20,
  epochs: 100,
  lookAhead: 1000,
}
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]

describe.skipIf(lacking !== null)(`Slurm${skipped}`, () => {
  let slurm: SmallSlurm

  beforeAll(async () => {
    slurm = await SmallSlurm.start()
  })
  afterAll(() => slurm.end())

  /** Submits what is left to do. @returns the arrays' numbers */
  function submit(path: string): string[] {
    const text = execFileSync('sh', [join(path, 'jobs', 'submit-slurm.sh')], { env: slurm.env, encoding: 'utf8' })
    return [...text.matchAll(/: job (\d+)$/gm)].map(([, job]) => job)
  }

  async function todo(path: string): Promise<string> {
    return (await runMadeHere('sweep', 'todo', path)).stdout.trim()
  }

  it('does 24 runs through a node that dies, a job that is cancelled and two that are preempted, as if nothing had been', async () => {
    const { place, path } = await prepared({
      base: BASE,
      vary: { 'optimizer.learningRate': [0.001, 0.003, 0.01], seed: SEEDS },
    })
    onTestFailed(() => console.log(readFileSync(join(path, 'plan.json'), 'utf8')))
    const [job] = submit(path)

    // Two are preempted, when they have got somewhere.
    const preempted = await bothUnderWay(path, job)
    slurm.ask('sbatch', '--partition=high', '--array=0-1', '--output=/dev/null', '--wrap=sleep 2')
    await until('both have left their nodes', () => preempted.every((task) => !slurm.running(job).has(task)))

    // A job is cancelled, and stays so until it is asked for again.
    const [cancelled] = await bothUnderWay(path, job)
    slurm.ask('scancel', `${job}_${cancelled}`)
    await until('it is gone', () => !slurm.running(job).has(cancelled))

    // A node dies in the middle of a run, and comes back.
    const onNodes = [...slurm.running(job)]
    await bothUnderWay(path, job)
    const [killed, node] = [...slurm.running(job)][0] ?? onNodes[0]
    slurm.killNode(node as NodeName)
    await until('the node is missed', () => /down/.test(slurm.ask('sinfo', '-h', '-N', '-n', node, '-o', '%T')))
    slurm.startNode(node as NodeName)

    await slurm.empty()
    const restarts = slurm.restarts(job)
    expect([...preempted, killed].map((task) => (restarts.get(task) ?? 0) > 0)).toEqual([true, true, true])
    expect(await todo(path)).toBe(String(cancelled))
    submit(path)
    await slurm.empty()
    expect(await todo(path)).toBe('')
    await expectAsAlone(place, path)
  })

  it('halves a sweep, each rung after the one before, with nobody who leads', async () => {
    const { place, path } = await prepared(
      { base: { ...BASE, epochs: 12 }, vary: { seed: SEEDS.slice(0, 6) }, halving: { keep: 0.5, epochs: [2, 5] } },
      '--pack',
      '2',
    )
    expect(submit(path)).toHaveLength(3)
    await slurm.empty()
    const records = await Promise.all(SEEDS.slice(0, 6).map((_, i) => new RunFolder(runPath(path, i)).readRecord()))
    expect(records.map(({ epoch }) => epoch).sort((a, b) => a - b)).toEqual([2, 2, 2, 5, 12, 12])
    const alone = await trainedAlone(place, path)
    for (const [i, { status }] of records.entries())
      if (status === 'finished') expect(await readFile(join(runPath(path, i), 'best.safetensors'))).toEqual(alone[i])
  })

  /** Waits until two tasks of an array run that have not been seen before and have saved something. @returns their numbers */
  async function bothUnderWay(path: string, job: string): Promise<number[]> {
    let tasks: number[] = []
    await until('two tasks are under way', () => {
      tasks = [...slurm.running(job).keys()]
      return tasks.length === 2 && tasks.every((task) => hasSaved(runPath(path, task)))
    })
    return tasks
  }
})

function hasSaved(run: string): boolean {
  const { status, epoch } = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8')) as { status: string; epoch: number }
  return status === 'training' && epoch > 0
}

/** Every run is to the last bit what it is without a cluster, and nothing is recorded twice. */
async function expectAsAlone(place: string, path: string): Promise<void> {
  const alone = await trainedAlone(place, path)
  const { stdout } = await runMadeHere('sweep', 'collect', path, '--json')
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as { run: string; status: string }) // prettier-ignore
  expect(lines.map(({ status }) => status)).toEqual(alone.map(() => 'finished'))
  expect(new Set(lines.map(({ run }) => run)).size).toBe(alone.length)
  for (const [i, model] of alone.entries()) {
    expect((await readFile(join(runPath(path, i), 'best.safetensors'))).equals(model), `point ${i}`).toBe(true)
    const folder = new RunFolder(runPath(path, i))
    const { epochs } = await folder.readHistory(await folder.readRecord())
    expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: BASE.epochs }, (_, epoch) => epoch + 1))
    const metrics = (await readFile(join(folder.path, 'metrics.jsonl'), 'utf8')).trim().split('\n')
    expect(metrics.filter((line) => line.includes('"type":"test"'))).toHaveLength(1)
  }
}
