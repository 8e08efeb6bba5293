/**
 * `npm run bench -- asking`: how long questions to a model take, as the window asks them. docs/benchmarks.md says how to read it.
 */
import { basename, resolve } from 'node:path'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { Session } from '../../src/engine/contract'
import { findEngine } from '../../src/engine/find'
import { UNLIMITED } from '../../src/made/schedule'
import { variablesOf } from '../../src/made/variables'
import type { Answer } from '../../src/questions/answer'
import { ask, promptPace, type AskOptions } from '../../src/questions/ask'
import type { AskedModel } from '../../src/questions/assignments'
import type { Evidence } from '../../src/questions/evidence'
import { RunFolder } from '../../src/runs/run-folder'
import { EFFORTS } from '../../src/shared/questions'
import { MNIST, TABLE } from '../jobs'
import { Storeroom, type MaterialsRequest } from '../materials'
import { quantile } from '../quantile'

const USAGE = 'npm run bench -- asking [--run FOLDER] [--json]'
/** Rounds are timed for so many milliseconds, and so many of them at least and at most. */
const [ENOUGH_MS, LEAST_ROUNDS, MOST_ROUNDS] = [4000, 5, 40] as const
/** Of fresh orderings a model keeps some. */
const FRESH = 8

/** A model as questions take it, and what computes with it. */
interface Subject {
  readonly name: string
  readonly model: AskedModel
  readonly session: Session
}

/** A question that is timed until what somebody waits for is there. */
interface Case {
  readonly name: string
  readonly unit: 'first answer' | 'whole answer'
  readonly subject: Subject
  readonly evidence: Evidence
  readonly options: Omit<AskOptions, 'seed'>
}

const words = process.argv.slice(2)
const at = words.indexOf('--run')
const folder = at < 0 ? null : words[at + 1]
if (folder === undefined || words.some((word, i) => word !== '--json' && i !== at && (at < 0 || i !== at + 1))) {
  console.error(`Usage: ${USAGE}`)
  process.exitCode = 2
} else await bench(folder, words.includes('--json'))

async function bench(run: string | null, json: boolean): Promise<void> {
  for (const subject of run === null ? await randomSubjects() : [await keptSubject(run)]) {
    for (const one of await casesOf(subject)) tell(one, await timed(one), json)
    await subject.session.close()
  }
}

/** Random models of the sizes that the promises are about: no time depends on what was learnt but by how many particles count. */
async function randomSubjects(): Promise<Subject[]> {
  const usual = { masks: 1, orderings: 'natural', minibatch: 100, rows: 100 } as const
  const natural: MaterialsRequest = { ...usual, ...MNIST, hidden: [500] }
  return [
    await randomSubject('784-[500]', natural, false),
    await randomSubject('784-[500], fresh', { ...natural, masks: FRESH, orderings: 'random' }, true),
    await randomSubject('table 123-[100]', { ...usual, ...TABLE, hidden: [100] }, false),
  ]
}

async function randomSubject(name: string, request: MaterialsRequest, isFresh: boolean): Promise<Subject> {
  const storeroom = new Storeroom()
  const { spec, parameters, connectivities } = storeroom.make(request)
  storeroom.clear()
  const session = await (await findEngine('cpu')).open({ spec, parameters }, null)
  const schedule = { orderings: isFresh ? UNLIMITED : 1, singleOrdering: request.orderings, masks: 1, seed: 1 }
  return { name, model: { spec, connectivities, schedule }, session }
}

async function keptSubject(run: string): Promise<Subject> {
  const model = await new RunFolder(resolve(run)).readBest()
  return { name: basename(run), model, session: await (await findEngine('cpu')).open(model, null) }
}

async function casesOf(subject: Subject): Promise<Case[]> {
  const { model, session } = subject
  const { count } = variablesOf(model.spec)
  const [connectivity] = model.connectivities
  const { rows } = await session.sample({ first: 0, count: 1, seed: 1, connectivity })
  const pace = promptPace(model.spec)
  if (count > 64) {
    // The half that comes last in the natural order, which is the harder.
    const evidence = knownFrom(model, rows, (variable) => variable >= count / 2)
    return [
      {
        name: 'half given, 16 endings',
        unit: 'first answer',
        subject,
        evidence,
        options: { ...EFFORTS.picture, ...pace },
      },
      {
        name: 'half given, 10,000 particles',
        unit: 'whole answer',
        subject,
        evidence,
        options: { draws: 16, accuracy: 0, seconds: 600, particles: 10_000, ...pace },
      },
    ]
  }
  const evidence = knownFrom(model, rows, (variable) => variable % 5 === 3)
  return [
    {
      name: 'belief bars, 1,000 particles',
      unit: 'whole answer',
      subject,
      evidence,
      // What is enumerated is exact, and draws no particles.
      options: { draws: 12, accuracy: 0, seconds: 600, particles: 1000, mostWays: 0, ...pace },
    },
    { name: 'belief bars', unit: 'first answer', subject, evidence, options: { ...EFFORTS.table, ...pace } },
  ]
}

/** Some variables as a row has them. */
function knownFrom({ spec }: AskedModel, bits: BitMatrix, isKnown: (variable: number) => boolean): Evidence {
  const known = new BitMatrix(1, spec.inputs)
  variablesOf(spec).of.forEach((variable, column) => {
    if (isKnown(variable)) known.set(0, column)
  })
  return { bits, known }
}

interface Times {
  readonly ms: readonly number[]
  /** The last answer that was waited for. */
  readonly answer: Answer
}

async function timed(one: Case): Promise<Times> {
  // Once without the clock, so that all is compiled and in memory.
  let last = await timedOnce(one, 0)
  const ms: number[] = []
  const ends = performance.now() + ENOUGH_MS
  while (ms.length < LEAST_ROUNDS || (performance.now() < ends && ms.length < MOST_ROUNDS)) {
    last = await timedOnce(one, ms.length + 1)
    ms.push(last.ms)
  }
  return { ms, answer: last.answer }
}

/** The first answer ends the question, as the next stroke of a brush does. */
async function timedOnce(
  { unit, subject: { session, model }, evidence, options }: Case,
  seed: number,
): Promise<{ readonly ms: number; readonly answer: Answer }> {
  const began = performance.now()
  const seconds = unit === 'first answer' ? 0 : options.seconds
  const answer = await ask(session, model, evidence, { ...options, seconds, seed })
  return { ms: performance.now() - began, answer }
}

function tell({ name, unit, subject }: Case, { ms, answer }: Times, json: boolean): void {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => Number(quantile(ms, part).toPrecision(4)))
  const { method, effectiveSampleSize } = answer.evidence
  if (json)
    console.log(
      JSON.stringify({ case: name, model: subject.name, unit, ms: middle, quartilesMs: [low, high], rounds: ms.length, method, effectiveSampleSize }), // prettier-ignore
    )
  else
    console.log(
      `${name.padEnd(30)} ${subject.name.padEnd(18)} ${middle.toFixed(1).padStart(8)} ms until the ${unit} (${low.toFixed(1)} to ${high.toFixed(1)}, ${ms.length} rounds), ${method}, worth ${Math.round(effectiveSampleSize)} draws`,
    )
}
