/**
 * `npm run bench`: times training, drawing and scoring on this computer, beside PyTorch and TensorFlow in the same run.
 * docs/benchmarks.md says how to read it. Exit status 1 if somebody computes something else and so is not timed, or a build
 * that was asked for is absent or cannot do a case.
 */
import { cpus, availableParallelism } from 'node:os'
import { disagreeing } from './agreement'
import { arithmeticOf } from './arithmetic'
import type { Build } from './builds'
import type { Contestant, Runner } from './contestant'
import { EngineContestant } from './engine-contestant'
import { hasHeads } from '../src/engine/session-checks'
import { findEntrants, type Entrants } from './entrants'
import { FULL, interleave, QUICK, type Dropout, type Effort, type Timing } from './interleave'
import { jobsOf, type Job } from './jobs'
import type { MachineLimits } from './limits'
import { failedJsonLine, jsonLine } from './json-line'
import { Storeroom, type Materials } from './materials'
import { readOptions, type Options } from './options'
import { bestOfPyTorch, figureOf } from './result'
import { TABLE_FOOT, tableHead, tableLine } from './table'

/** Our threads park at once; TensorFlow's spin for a while, like PyTorch's. */
const OWN_SETTLE = 5
const TENSORFLOW_SETTLE = 50

const options = readOptions(process.argv.slice(2))
process.exitCode = typeof options === 'number' ? options : await bench(options)

async function bench(options: Options): Promise<number> {
  // Standard output belongs to the JSON lines, if those were asked for.
  const tell = (line: string): void => (options.json ? console.error(line) : console.log(line))
  const storeroom = new Storeroom()
  process.once('exit', () => storeroom.clear())
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
  const entrants = await findEntrants(options)
  try {
    introduce(entrants, tell)
    const agreeing = await thoseWhoAgree(entrants, storeroom, tell)
    if (agreeing.builds.length === 0) return 1
    if (!options.json) console.log(`\n${tableHead()}`)
    let { isComplete } = agreeing
    for (const job of jobsOf(options.engine).filter(({ name }) => name.includes(options.only)))
      if (!(await benchJob(job, storeroom.materialsOf(job), agreeing, options))) isComplete = false
    if (!options.json) console.log(`\n${TABLE_FOOT}`)
    return isComplete ? 0 : 1
  } finally {
    for (const peer of entrants.torch) peer.stop()
  }
}

function introduce({ builds, torch, tensorflow, absent }: Entrants, tell: (line: string) => void): void {
  tell(
    `${cpus()[0]?.model.trim() ?? 'processor'}, ${availableParallelism()} cores, Node.js ${process.versions.node}, ${process.platform}-${process.arch}`,
  )
  for (const { name, engine } of builds) tell(`  timed: ${engine.id}, ${name}: ${engine.device.name.english}`)
  if (torch.length > 0)
    tell(`  peer: ${torchVersions(torch) ?? ''}; settings: ${torch.map(({ name }) => name).join('; ')}`)
  if (tensorflow) tell(`  peer: tensorflow: ${tensorflow.device.name.english}`)
  for (const line of absent) tell(`  absent: ${line}`)
}

/** Leaves out whoever computes something else, or fails at it. */
async function thoseWhoAgree(
  entrants: Entrants,
  storeroom: Storeroom,
  tell: (line: string) => void,
): Promise<Entrants> {
  const { builds, torch, tensorflow } = entrants
  if (builds.length === 0) return entrants
  const engines = tensorflow ? [...builds, { name: 'tensorflow', engine: tensorflow }] : builds
  const out = await disagreeing(engines, torch, storeroom, tell)
  if (out.size === 0) return entrants
  tell('Who does not compute the same thing is not timed.')
  return {
    ...entrants,
    builds: builds.filter(({ engine }) => !out.has(engine)),
    torch: torch.filter((peer) => !out.has(peer)),
    tensorflow: tensorflow && !out.has(tensorflow) ? tensorflow : null,
    isComplete: false,
  }
}

function torchVersions([peer]: Entrants['torch']): string | null {
  return peer ? `PyTorch ${peer.versions.torch}, ${peer.versions.blas}` : null
}

/** Times one case with everybody, and prints its lines. @returns whether every build could do it */
async function benchJob(job: Job, materials: Materials, entrants: Entrants, options: Options): Promise<boolean> {
  const ours = entrants.builds.map((build) => ({
    build,
    contestant: new EngineContestant('ours', build.name, OWN_SETTLE, build.engine),
  }))
  const contestants: Contestant[] = [...ours.map(({ contestant }) => contestant), ...entrants.torch]
  if (entrants.tensorflow && hasHeads(entrants.tensorflow, materials.spec))
    contestants.push(new EngineContestant('tensorflow', 'tensorflow', TENSORFLOW_SETTLE, entrants.tensorflow))
  const { timings, dropouts } = await timeAll(contestants, job, materials, options.quick ? QUICK : FULL)
  for (const { contestant, reason } of dropouts)
    console.error(`  ${job.name}, ${contestant.side} ${contestant.name}: ${reason}`)

  const tensorflow = timings.find(({ contestant }) => contestant.side === 'tensorflow')
  let isComplete = true
  for (const { build, contestant } of ours) {
    const timing = timings.find((candidate) => candidate.contestant === contestant)
    if (!timing) {
      isComplete = false
      const reason = dropouts.find((candidate) => candidate.contestant === contestant)?.reason ?? 'it was not timed'
      console.log(options.json ? failedJsonLine(job, build, reason) : `${job.name}, ${build.name}: failed, see above`)
      continue
    }
    const result = {
      job,
      build,
      rounds: timing.rounds.length,
      threads: contestant.threads,
      ours: figureOf(timing),
      pytorch: bestOfPyTorch(timings),
      tensorflow: tensorflow ? figureOf(tensorflow) : null,
      arithmetic: arithmeticOf(job, materials),
      limits: await limitsOf(build),
    }
    console.log(options.json ? jsonLine(result, { pytorch: torchVersions(entrants.torch) }) : tableLine(result))
  }
  return isComplete
}

/** The limits of the machine, where they can be measured: a case has its figures without them. */
async function limitsOf({ name, limits }: Build): Promise<MachineLimits | null> {
  try {
    return (await limits?.()) ?? null
  } catch (error) {
    console.error(
      `  ${name}: the limits of the machine could not be measured: ${error instanceof Error ? error.message : String(error)}`,
    )
    return null
  }
}

/** Makes everybody ready, times them in turns and has them give back what they took. */
async function timeAll(
  contestants: readonly Contestant[],
  job: Job,
  materials: Materials,
  effort: Effort,
): Promise<{ readonly timings: readonly Timing[]; readonly dropouts: readonly Dropout[] }> {
  const ready: { readonly contestant: Contestant; readonly runners: readonly Runner[] }[] = []
  const dropouts: Dropout[] = []
  for (const contestant of contestants)
    try {
      ready.push({ contestant, runners: await contestant.prepare(job, materials) })
    } catch (error) {
      dropouts.push({ contestant, reason: error instanceof Error ? error.message : String(error) })
    }
  const timed = await interleave(ready, effort)
  for (const { contestant } of ready)
    try {
      await contestant.tidy()
    } catch (error) {
      console.error(
        `  ${contestant.name} did not end in order: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
  return { timings: timed.timings, dropouts: [...dropouts, ...timed.dropouts] }
}
