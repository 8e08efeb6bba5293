import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOracle } from '../reference/oracle'
import { writeAnimals } from './animals'
import { runMadeHere } from './made-command'

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'oracle')

interface Answer {
  readonly evidence: { probability: number; standardError: number; method: string; effectiveSampleSize: number | null }
  readonly of: string
  readonly marginal: readonly { value: string | number | null; probability: number; standardError: number }[]
}

async function asked(...words: string[]): Promise<Answer> {
  const { status, stdout, stderr } = await runMadeHere('ask', ...words, '--json')
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as Answer
}

describe('made ask', () => {
  it.each(['categorical-mixed', 'binary-queries', 'label-first'])('of the model %s, by numbers', async (name) => {
    const { queries, model } = await readOracle(name)
    const [query] = queries
    const given = query.known_variables.map((variable, i) => `${variable}=${query.values[i]}`).join(',')
    const file = join(FIXTURES, `${name}.safetensors`)
    const variables = model.connectivities[0].ordering.length
    const of = Array.from({ length: variables }, (_, v) => v).find((v) => !query.known_variables.includes(v)) ?? 0
    const { evidence, of: told, marginal } = await asked('--model', file, '--given', given, '--of', String(of))
    expect(told).toBe(String(of))
    expect(evidence).toMatchObject({ method: 'exact', standardError: 0 })
    expect(evidence.probability).toBeCloseTo(query.p_evidence, 5)
    expect(marginal.map(({ value }) => value)).toEqual(marginal.map((_, value) => value))
    expect(marginal.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5)
    const all = query.marginals_given_evidence
    for (const { probability } of marginal)
      expect(all.concat(all.map((p) => 1 - p)).some((p) => Math.abs(p - probability) < 1e-5)).toBe(true)
  })
})

describe('questions of a table', () => {
  let place = ''
  let [run, data] = ['', '']

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'made-test-'))
    data = await writeAnimals(place)
    run = join(place, 'run')
    const trained = await runMadeHere('train', '--data', data, '--label', 'kind', '--learn-label', '--out', run, '--hidden', '30', '--epochs', '30', '--learning-rate', '0.02', '--batch', '20', '--engine', 'cpu', '--json') // prettier-ignore
    expect(trained.status).toBe(0)
  })

  afterAll(() => rm(place, { recursive: true, force: true }))

  it('are answered by the names of its columns and values', async () => {
    const { of, marginal, evidence } = await asked('--model', run, '--given', 'kind=cat', '--of', 'size')
    expect(of).toBe('size')
    expect(evidence.probability).toBeGreaterThan(0)
    expect(marginal.length).toBeGreaterThan(2)
    expect(marginal.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5)
    const words = await runMadeHere('ask', '--model', run, '--given', 'label=cat')
    expect(words.stdout).toMatch(/^What is given has probability 0\.\d+ \(log p = -\d/)
    expect(words.stdout).toMatch(/^size: /m)
  })

  it('may have conditions, which are as likely as their values together', async () => {
    const cat = await asked('--model', run, '--given', 'kind=cat', '--of', 'size')
    const other = await asked('--model', run, '--given', 'kind!=cat', '--of', 'size')
    expect(cat.evidence.probability + other.evidence.probability).toBeCloseTo(1, 5)
    const all = await runMadeHere('ask', '--model', run, '--given', 'size>0', '--of', 'kind')
    expect(all.stderr).toMatch(/“size>0” stands for whole ranges/)
  })

  it.each([
    [['--given', 'kind>3'], 1, /“3” is no|holds words, which > cannot compare/],
    [['--given', 'kind=cat,kind=dog'], 1, /No value of the column “kind” is all that was given/],
    [['--given', 'knid=cat'], 1, /no column “knid”/],
    [['--of', 'sizes'], 1, /no column “sizes”/],
    [['--seconds', '-1'], 2, /--seconds is -1; the least is 0/],
  ])('that cannot be are refused in words: %j', async (words, status, sentence) => {
    const refused = await runMadeHere('ask', '--model', run, ...words)
    expect(refused).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(sentence) })
  })

  it('are completed with rows that have what is given, and with a likely one', async () => {
    const out = join(run, 'cats.csv')
    const drawn = await runMadeHere('complete', '--model', run, '--given', 'kind=cat', '--count', '5', '--out', out)
    expect(drawn).toMatchObject({ status: 0, stderr: '' })
    const [header, ...rows] = (await readFile(out, 'utf8')).trim().split('\n')
    const kind = header.split(',').indexOf('kind')
    expect(rows.map((row) => row.split(',')[kind])).toEqual(Array(5).fill('cat'))
    const likeliest = await runMadeHere('complete', '--model', run, '--likeliest', '--out', out)
    expect(likeliest.stdout).toMatch(/The likeliest row that was found has log p = -\d/)
    expect((await readFile(out, 'utf8')).trim().split('\n')).toHaveLength(2)
  })

  it('are scored row by row, and term by term', async () => {
    const out = join(run, 'scores.csv')
    const scored = await runMadeHere(
      'score',
      '--model',
      run,
      '--data',
      data,
      '--split',
      'all',
      '--by-variable',
      '--out',
      out,
    )
    expect(scored).toMatchObject({ status: 0 })
    const [header, ...rows] = (await readFile(out, 'utf8')).trim().split('\n')
    expect(header.split(',').slice(0, 2)).toEqual(['row', 'log_p'])
    for (const [i, row] of rows.entries()) {
      const [number, log, ...terms] = row.split(',').map(Number)
      expect(number).toBe(i)
      expect(terms.reduce((sum, term) => sum + term, 0)).toBeCloseTo(log, 3)
    }
    const whole = await runMadeHere('evaluate', '--model', run, '--data', data, '--split', 'all', '--json')
    const mean = rows.reduce((sum, row) => sum - Number(row.split(',')[1]), 0) / rows.length
    expect(mean).toBeCloseTo((JSON.parse(whole.stdout) as { nll: number }).nll, 3)
  })
})
