import { join } from 'node:path'
import { expect, it } from 'vitest'
import { StudioError } from '../../src/base/failure'
import { Asking } from '../../src/compute/asking'
import { interval95 } from '../../src/compute/memorisation'
import { countRows, popcount, RowDistance } from '../../src/compute/row-distance'
import { BitMatrix } from '../../src/data/bit-matrix'
import type { DataSet } from '../../src/data/data-set'
import type { Model } from '../../src/made/model-file'
import { variablesOf } from '../../src/made/variables'
import { RunFolder } from '../../src/runs/run-folder'
import { newRecord, Runs } from '../../src/runs/runs'
import type { AskedProgress, AskedSource, Effort, KnownRow } from '../../src/shared/questions'
import { say } from '../../src/words/say'
import { prefixesFor } from '../../src/questions/assignments'
import { expectFailure } from '../base/expect-failure'
import { enumerated, evidenceOf, meets } from '../questions/questions'
import { LABEL, labelledData } from '../training/labelled-data'
import { smallConfig, smallData, temporaryFolder, trainerOf } from '../training/small-run'

const EFFORT: Effort = { draws: 0, accuracy: 0.01, seconds: 20, seed: 1 }
const SOURCE: AskedSource = { runId: 'one', model: 'best' }
const LOST = say('compute.samples.no-table')

interface Asked {
  readonly asking: Asking
  readonly model: Model
  readonly data: DataSet
  readonly heard: AskedProgress[]
}

/** A trained run that can be asked. @param given what its data are when they are asked for */
async function trained(data: DataSet, orderings: number, given: () => Promise<DataSet>): Promise<Asked> {
  const path = await temporaryFolder()
  const folder = new RunFolder(join(path, 'one'))
  await folder.create(newRecord('one', smallConfig({ epochs: 2, orderings }), data))
  await (await trainerOf(folder, undefined, data)).run()
  const heard: AskedProgress[] = []
  const asking = new Asking(
    () => new Runs(path),
    { forRun: given },
    (progress) => heard.push(progress),
  )
  return { asking, model: await folder.readBest(), data, heard }
}

function askedOf(data: DataSet, orderings = 1): Promise<Asked> {
  return trained(data, orderings, () => Promise.resolve(data))
}

/** Evidence as it crosses to the compute process. */
function given({ spec }: Model, values: readonly (readonly [variable: number, value: number])[]): KnownRow {
  const { bits, known } = evidenceOf(spec, values)
  return { bits: bits.toBytes(), known: known.toBytes() }
}

it('answers are those of enumeration, exact where they say so', async () => {
  for (const orderings of [1, -1]) {
    const { asking, model } = await askedOf(smallData(), orderings)
    for (const values of [[], [[2, 1] as const], [[9, 1] as const, [0, 0] as const]]) {
      const told = await asking.answer({ source: SOURCE, question: 1, evidence: given(model, values), effort: EFFORT })
      const truth = enumerated(
        model,
        prefixesFor(model, evidenceOf(model.spec, values)).map(({ connectivity }) => connectivity),
        evidenceOf(model.spec, values),
      )
      expect(told.evidence.method).toBe('exact')
      expect(told.evidence.isContradictory).toBe(false)
      expect(Math.exp(told.evidence.logProbability)).toBeCloseTo(truth.evidence, 5)
      told.marginals.forEach((p, d) => expect(p).toBeCloseTo(truth.marginals[d], told.standardErrors[d] === 0 ? 5 : 1))
    }
  }
})

it('draws have the evidence, and a label is told exactly', async () => {
  const { asking, model } = await askedOf(labelledData())
  const subject = await asking.subject({ source: SOURCE })
  expect(subject.label).toMatchObject({ words: LABEL.words })
  const label = subject.label?.variable ?? -1
  const evidence = given(model, [[label, 1]])
  const told = await asking.answer({ source: SOURCE, question: 1, evidence, effort: { ...EFFORT, draws: 16 } })
  expect(told.draws).toHaveLength(16 * model.spec.inputs)
  for (let i = 0; i < 16; i++) {
    const row = told.draws.subarray(i * model.spec.inputs, (i + 1) * model.spec.inputs)
    expect(meets(model.spec, row, evidenceOf(model.spec, [[label, 1]]))).toBe(true)
  }
  const { first } = variablesOf(model.spec)
  expect(told.standardErrors.slice(first[label], first[label + 1])).toEqual(new Float64Array(LABEL.words.length))
})

it('a newer question gives up the one before, which nobody waits for', async () => {
  const { asking, model } = await askedOf(smallData())
  const ask = (question: number): Promise<unknown> =>
    asking.answer({ source: SOURCE, question, evidence: given(model, [[9, 1]]), effort: { ...EFFORT, draws: 4, accuracy: 0, seconds: 60 } }) // prettier-ignore
  const before = ask(1)
  const failed = expect(before).rejects.toMatchObject({ code: 'cancelled' })
  const now = asking.answer({ source: SOURCE, question: 2, evidence: given(model, []), effort: EFFORT })
  await failed
  expect((await now).evidence.logProbability).toBeCloseTo(0, 6)
})

it('better answers come while it is worked at, with the number of their question', async () => {
  const { asking, model, heard } = await askedOf(smallData())
  const effort = { ...EFFORT, draws: 4, accuracy: 0, seconds: 0.2 }
  await asking.answer({ source: SOURCE, question: 7, evidence: given(model, [[9, 1]]), effort })
  expect(heard.length).toBeGreaterThan(0)
  expect(new Set(heard.map(({ question }) => question))).toEqual(new Set([7]))
})

it('the parts of the surprise of a row add up to its NLL, and it stands among the test rows', async () => {
  const { asking, model, data } = await askedOf(smallData())
  const { rows, least, most } = await asking.rated({ source: SOURCE, count: 3 })
  expect(rows).toBe(data.splits.test.rows)
  expect(least[0].nats).toBeGreaterThan(most[0].nats)
  const row = least[0].bits
  const known = new Uint8Array(row.length).fill(1)
  const surprise = await asking.surprise({ source: SOURCE, row: { bits: row, known } })
  expect(surprise.nats).toBeCloseTo(least[0].nats, 4)
  expect(surprise.terms.reduce((sum, term) => sum + term, 0)).toBeCloseTo(surprise.nats, 8)
  expect(surprise.terms[least[0].variable]).toBeCloseTo(Math.max(...surprise.terms), 8)
  const standing = await asking.standing({ source: SOURCE, row })
  expect(standing.lessSurprising).toBeGreaterThanOrEqual(rows - 5)
  expect((await asking.standing({ source: SOURCE, row: most[0].bits })).lessSurprising).toBe(0)
  expect(model.spec.inputs).toBe(row.length)
})

it('what is not known of a drawing is paper, and its label the likeliest', async () => {
  const { asking, model } = await askedOf(labelledData())
  const nothing = given(model, [])
  const { bits } = await asking.surprise({ source: SOURCE, row: nothing })
  const { label } = await asking.subject({ source: SOURCE })
  const classes = bits.subarray(label?.first, label?.end)
  expect(classes.reduce((sum, bit) => sum + bit, 0)).toBe(1)
  expect(bits.reduce((sum, bit) => sum + bit, 0)).toBe(1)
})

it('evidence is counted in the training rows, and nearest rows are told', async () => {
  const { asking, model, data } = await askedOf(smallData())
  const { train } = data.splits
  const values = [[2, 1] as const, [5, 0] as const]
  const evidence = evidenceOf(model.spec, values)
  const truth = Array.from({ length: train.rows }, (_, row) => train.slice(row, row + 1).toBytes()).filter((row) =>
    meets(model.spec, row, evidence),
  )
  expect(await asking.count({ source: SOURCE, evidence: given(model, values) })).toEqual({
    count: truth.length,
    rows: train.rows,
  })
  const [first, second] = await asking.nearest({ source: SOURCE, row: train.slice(7, 8).toBytes(), count: 2 })
  expect(first.distance).toBe(0)
  expect(first.bits).toEqual(train.slice(7, 8).toBytes())
  expect(second.distance).toBeGreaterThanOrEqual(0)
  const { share, interval, samples } = await asking.memorisation({ source: SOURCE, samples: 50 })
  expect(samples).toBe(50)
  expect(interval[0]).toBeLessThanOrEqual(share)
  expect(interval[1]).toBeGreaterThanOrEqual(share)
})

it('rows and samples are told by their number, and a row that is not there is refused', async () => {
  const { asking, data } = await askedOf(smallData(), 2)
  const { test } = data.splits
  const { number, row } = await asking.row({ source: SOURCE, number: 3 })
  expect([number, row.bits]).toEqual([3, test.slice(3, 4).toBytes()])
  expect(row.known.every((known) => known === 1)).toBe(true)
  const any = await asking.row({ source: SOURCE, number: null })
  expect(any.row.bits).toEqual(test.slice(any.number, any.number + 1).toBytes())
  await expectFailure(() => asking.row({ source: SOURCE, number: test.rows }), 'invalid-settings', /no test row/)
  const sample = async (at: number, seed: number, connectivity: number): Promise<string> =>
    (await asking.sample({ source: SOURCE, number: at, seed, connectivity })).bits.join('')
  expect(await sample(4, 1, 0)).toBe(await sample(4, 1, 0))
  const several = await Promise.all(Array.from({ length: 20 }, (_, i) => sample(i, 1, 0)))
  expect(new Set(several).size).toBeGreaterThan(1)
  expect(await Promise.all(Array.from({ length: 20 }, (_, i) => sample(i, 2, 0)))).not.toEqual(several)
})

it('the likeliest row has the evidence, and its chance is that of the ensemble', async () => {
  const { asking, model } = await askedOf(smallData(), 2)
  const values = [[2, 1] as const, [5, 0] as const]
  const { bits, logProbability, logJoint } = await asking.likeliest({ source: SOURCE, evidence: given(model, values) })
  expect(meets(model.spec, bits, evidenceOf(model.spec, values))).toBe(true)
  const whole = Array.from(bits, (bit, d) => [d, bit] as const)
  const { evidence } = enumerated(model, model.connectivities, evidenceOf(model.spec, whole))
  expect(Math.exp(logJoint)).toBeCloseTo(evidence, 6)
  // Of two connectivities the one that it was found with counts half.
  expect(logJoint).toBeGreaterThanOrEqual(logProbability - Math.log(2) - 1e-6)
})

it('where the data are not there, what needs them says so and the rest is answered', async () => {
  const gone = new StudioError('data-missing', LOST, LOST)
  const { asking, model } = await trained(smallData(), 1, () => Promise.reject(gone))
  await expectFailure(() => asking.count({ source: SOURCE, evidence: given(model, []) }), 'data-missing', /./)
  await expectFailure(() => asking.rated({ source: SOURCE, count: 3 }), 'data-missing', /./)
  const told = await asking.answer({ source: SOURCE, question: 1, evidence: given(model, []), effort: EFFORT })
  expect(told.marginals).toHaveLength(model.spec.inputs)
})

it('a row of another model is refused', async () => {
  const { asking } = await askedOf(smallData())
  const row = { bits: new Uint8Array(3), known: new Uint8Array(3) }
  const asked = (): Promise<unknown> => asking.answer({ source: SOURCE, question: 1, evidence: row, effort: EFFORT })
  await expectFailure(asked, 'invalid-request', /cannot be asked about/)
})

it('bits are counted, and a category that differs counts as one', () => {
  for (const word of [0, 1, -1, 0x80000000, 0x12345678])
    expect(popcount(word)).toBe((word >>> 0).toString(2).replaceAll('0', '').length)
  const spec = { inputs: 5, variables: [{ kind: 'binary', count: 2 }, { kind: 'categorical', categories: 3 }] } as const // prettier-ignore
  const rows = BitMatrix.fromBytes(2, 5, [1, 0, 1, 0, 0, 1, 1, 0, 0, 1])
  expect(new RowDistance(spec).between(rows, 0, rows, 1)).toBe(2)
  const allowed = { bits: BitMatrix.fromBytes(1, 5, [0, 0, 1, 1, 0]), known: BitMatrix.fromBytes(1, 5, [0, 0, 1, 1, 1]) } // prettier-ignore
  expect(countRows(spec, rows, allowed)).toBe(1)
  const lacks = BitMatrix.fromBytes(2, 3, [1, 1, 0, 1, 1, 1])
  expect(countRows(spec, rows, allowed, lacks)).toBe(0)
})

it('the interval of a share is that of Wilson', () => {
  const [least, most] = interval95(50, 100)
  expect(least).toBeCloseTo(0.4038, 3)
  expect(most).toBeCloseTo(0.5962, 3)
  expect(interval95(0, 10)[0]).toBe(0)
  expect(interval95(10, 10)[1]).toBe(1)
})
