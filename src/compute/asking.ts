import { randomInt } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { largest } from '../base/extremes'
import { StudioError } from '../base/failure'
import { BitMatrix } from '../data/bit-matrix'
import type { RowCoding } from '../data/preparation/coding'
import { givenValues } from '../data/preparation/given-values'
import { namedLabel, namedVariables } from '../data/preparation/named-variables'
import type { Session } from '../engine/contract'
import type { Model } from '../made/model-file'
import { labelColumns, variablesOf } from '../made/variables'
import { LEAST_PROBABILITY, type Answer } from '../questions/answer'
import { ask, promptPace, type AskedSession } from '../questions/ask'
import { isOrderAgnostic, prefixesFor } from '../questions/assignments'
import type { Evidence } from '../questions/evidence'
import { mostProbable } from '../questions/most-probable'
import { surprises } from '../questions/surprise'
import type { RunRecord } from '../runs/run-record'
import type { Runs } from '../runs/runs'
import { logLikelihoods } from '../training/evaluation'
import { scoreLabels } from '../training/label-scores'
import type { Params } from '../shared/contract'
import { decodeModelPreparation } from '../shared/model-preparation'
import type {
  AskedAnswer,
  AskedProgress,
  AskedSource,
  AskedSubject,
  EvidenceCount,
  KnownRow,
  LikeliestRow,
  MemorisationAudit,
  NearRow,
  RatedRows,
  RowStanding,
  RowSurprise,
  TypedEvidence,
} from '../shared/questions'
import { say } from '../words/say'
import { audit } from './memorisation'
import { KeptModels } from './kept-models'
import { NewestRequest } from './newest-request'
import type { OpenData } from './open-data'
import type { OpenModel } from './open-models'
import { ratedRows, standing } from './rated-rows'
import { countRows, RowDistance } from './row-distance'
import { completeRowsOf, RunData } from './run-data'

/** Answers questions to kept models. */
export class Asking {
  private readonly models: KeptModels
  private readonly data: RunData
  private readonly answers = new NewestRequest()
  private readonly completions = new NewestRequest()
  private readonly surprises = new NewestRequest()

  /** @param runsOf the folder of runs that a run is in */
  constructor(
    runsOf: (runId: string) => Pick<Runs, 'reading'>,
    data: Pick<OpenData, 'forRun'>,
    private readonly emit: (progress: AskedProgress) => void,
  ) {
    this.models = new KeptModels(runsOf)
    this.data = new RunData(data)
  }

  /** @throws as `KeptModels.use` */
  subject({ source }: Params<'ask.subject'>): Promise<AskedSubject> {
    return this.models.use(source, ({ model }, record) => Promise.resolve(subjectOf(model, record)))
  }

  /** @throws StudioError 'cancelled' if another question was asked meanwhile, or as `KeptModels.use` */
  answer({ source, question, evidence, effort }: Params<'ask.answer'>): Promise<AskedAnswer> {
    const signal = this.answers.next()
    return this.models.use(
      source,
      async ({ model, session }) => {
        const asked = evidenceOf(model, evidence)
        const onAnswer = (answer: Answer): void => this.emit({ question, answer: toldAnswer(answer, null) })
        const options = { ...effort, ...promptPace(model.spec), signal, onAnswer }
        const answer = await ask(inTurns(session), model, asked, options)
        const logs = await logJoints({ model, session }, asked, answer.draws)
        return toldAnswer(
          answer,
          logs.map((log) => log - answer.evidence.logProbability),
        )
      },
      signal,
    )
  }

  /** @throws StudioError 'invalid-settings' for what the model does not know, or as `KeptModels.use` */
  given({ source, texts }: Params<'ask.given'>): Promise<TypedEvidence> {
    return this.models.use(source, ({ model }) => {
      const coding = codingOf(model)
      if (coding === null)
        throw new StudioError('invalid-model', say('compute.samples.no-table'), say('compute.ask.no-names.hint'))
      const { bits, known, notes } = givenValues(coding, texts)
      return Promise.resolve({ bits: bits.toBytes(), known: known.toBytes(), notes })
    })
  }

  /** @throws StudioError 'cancelled' if another one was asked for meanwhile, or as `KeptModels.use` */
  likeliest({ source, evidence }: Params<'ask.likeliest'>): Promise<LikeliestRow> {
    const signal = this.completions.next()
    return this.models.use(
      source,
      async ({ model, session }) => {
        const between = async (): Promise<void> => {
          await nextTurn()
          signal.throwIfAborted()
        }
        const asked = evidenceOf(model, evidence)
        const { row, logProbability } = await mostProbable(session, model, asked, between)
        const [logJoint] = await logJoints({ model, session }, asked, row)
        return { bits: row.toBytes(), logProbability, logJoint }
      },
      signal,
    )
  }

  /** @throws StudioError 'cancelled' if another one was asked for meanwhile, or as `KeptModels.use` */
  surprise({ source, row }: Params<'ask.surprise'>): Promise<RowSurprise> {
    const signal = this.surprises.next()
    return this.models.use(
      source,
      async ({ model, session }) => {
        const whole = await wholeRow({ model, session }, evidenceOf(model, row))
        signal.throwIfAborted()
        const { terms, sums } = await surprises(inTurns(session), model, whole)
        return { bits: whole.toBytes(), terms, nats: sums[0] }
      },
      signal,
    )
  }

  /** @throws as `onData` */
  standing({ source, row }: Params<'ask.standing'>): Promise<RowStanding> {
    return this.onData(source, async (opened, data) => standing(opened, data, rowOf(opened.model, row)))
  }

  /** @throws as `onData` */
  rated({ source, count }: Params<'ask.rated'>): Promise<RatedRows> {
    return this.onData(source, async (opened, data) => ratedRows(opened, data, count))
  }

  /** @throws as `onData` */
  count({ source, evidence }: Params<'ask.count'>): Promise<EvidenceCount> {
    return this.onData(source, ({ model }, { splits: { train }, known }) => {
      const count = countRows(model.spec, train, evidenceOf(model, evidence), known?.train)
      return Promise.resolve({ count, rows: train.rows })
    })
  }

  /** @throws as `onData` */
  nearest({ source, row, count }: Params<'ask.nearest'>): Promise<readonly NearRow[]> {
    return this.onData(source, ({ model }, data) => {
      const { rows, numbers } = completeRowsOf(data, 'train', Infinity)
      const near = new RowDistance(model.spec).nearest(rowOf(model, row), rows, count)
      return Promise.resolve(
        near.map(({ number, distance }) => ({
          number: numbers[number],
          bits: rows.slice(number, number + 1).toBytes(),
          distance,
        })),
      )
    })
  }

  /** @throws as `onData` */
  memorisation({ source, samples }: Params<'ask.memorisation'>): Promise<MemorisationAudit> {
    return this.onData(source, (opened, data) => audit(opened, data, samples))
  }

  /** @throws as `KeptModels.use` */
  sample({ source, number, seed, connectivity: k }: Params<'ask.sample'>): Promise<{ readonly bits: Uint8Array }> {
    return this.models.use(source, async ({ model: { connectivities }, session }) => {
      const connectivity = connectivities[k % connectivities.length]
      const { rows } = await session.sample({ first: number, count: 1, seed, connectivity })
      return { bits: rows.toBytes() }
    })
  }

  /** @throws StudioError 'invalid-settings' where there are not so many, or as `onData` */
  row({ source, number }: Params<'ask.row'>): Promise<{ readonly number: number; readonly row: KnownRow }> {
    return this.onData(source, ({ model }, { splits: { test }, known }) => {
      const at = number ?? randomInt(test.rows)
      if (at >= test.rows)
        throw new StudioError(
          'invalid-settings',
          say('compute.ask.no-row', { number: at }),
          say('compute.ask.no-row.hint', { last: test.rows - 1 }),
        )
      const isKnown = new BitMatrix(1, model.spec.inputs)
      const { of } = variablesOf(model.spec)
      of.forEach((variable, d) => {
        if (known === undefined || known.test.get(at, variable) === 1) isKnown.set(0, d)
      })
      const row = { bits: test.slice(at, at + 1).toBytes(), known: isKnown.toBytes() }
      return Promise.resolve({ number: at, row })
    })
  }

  /** Works with a model and the data of its run. @throws as `KeptModels.use` and `RunData.of` */
  private onData<T>(
    source: AskedSource,
    work: (opened: OpenModel, data: Awaited<ReturnType<RunData['of']>>) => Promise<T>,
  ): Promise<T> {
    return this.models.use(source, async (opened, record) => work(opened, await this.data.of(record)))
  }
}

/** A model with the session that scores rows. */
type ScoredModel = Pick<OpenModel, 'model' | 'session'>

function codingOf({ spec, preparation }: Model): RowCoding | null {
  return preparation === undefined ? null : decodeModelPreparation(preparation, spec.inputs).coding
}

function subjectOf(model: Model, { data: { picture } }: RunRecord): AskedSubject {
  const { spec, schedule } = model
  const coding = codingOf(model)
  const place = labelColumns(spec)
  const label = coding && namedLabel(coding)
  return {
    columns: spec.inputs,
    picture,
    named: coding && picture === null ? namedVariables(coding) : null,
    label: place && label ? { ...place, name: label.name, words: label.values.map((value) => value ?? '') } : null,
    isOrderAgnostic: isOrderAgnostic({ schedule }),
  }
}

/** log p(row) of rows that have the evidence, under the connectivities that are asked about it, nats. */
function logJoints({ model, session }: ScoredModel, evidence: Evidence, rows: BitMatrix): Promise<Float64Array> {
  const connectivities = prefixesFor(model, evidence).map(({ connectivity }) => connectivity)
  return logLikelihoods(session, rows, connectivities, () => nextTurn())
}

function toldAnswer(
  { evidence, marginals, standardErrors, draws }: Answer,
  logChances: Float64Array | null,
): AskedAnswer {
  return {
    evidence: { ...evidence, isContradictory: !(Math.exp(evidence.logProbability) >= LEAST_PROBABILITY) },
    marginals,
    standardErrors,
    draws: draws.toBytes(),
    logChances,
  }
}

/** A row of which the model thinks what is not known to be zero, and its label the likeliest. */
async function wholeRow({ model, session }: ScoredModel, { bits, known }: Evidence): Promise<BitMatrix> {
  const row = bits.select([0])
  row.words.forEach((word, i) => (row.words[i] = word & known.words[i]))
  const label = labelColumns(model.spec)
  if (!label || known.get(0, label.first) === 1) return row
  const { posterior } = await scoreLabels(session, row, label, model.connectivities, () => nextTurn())
  for (let d = label.first; d < label.end; d++) row.clear(0, d)
  row.set(0, label.first + posterior.indexOf(largest(posterior)))
  return row
}

function evidenceOf(model: Model, { bits, known }: KnownRow): Evidence {
  return { bits: rowOf(model, bits), known: rowOf(model, known) }
}

/** @throws StudioError 'invalid-request' for a row of another model */
function rowOf({ spec }: Model, bits: Uint8Array): BitMatrix {
  if (bits.length === spec.inputs) return BitMatrix.fromBytes(1, spec.inputs, bits)
  throw new StudioError(
    'invalid-request',
    say('compute.ask.other-width', { columns: bits.length, inputs: spec.inputs }),
    say('compute.ask.other-width.hint'),
  )
}

/** The same session, which lets other requests in between its calls. */
function inTurns(session: Session): AskedSession {
  return {
    logLikelihood: async (...request) => (await nextTurn(), session.logLikelihood(...request)),
    conditionals: async (...request) => (await nextTurn(), session.conditionals(...request)),
    complete: async (...request) => (await nextTurn(), session.complete(...request)),
    particles: async (...request) => (await nextTurn(), session.particles(...request)),
  }
}
