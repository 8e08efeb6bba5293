import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runMadeHere } from './made-command'

/** A label that is the second column, what depends on it, and a column that lacks a value now and then. */
const HEADER = 'colour,kind,size,age,smokes'
const KINDS = ['cat', 'dog', 'bird, small']
const COLOURS = [
  ['grey', 'white'],
  ['brown', 'grey'],
  ['blue', 'white'],
]
const LINES = Array.from({ length: 900 }, (_, i) => {
  const kind = (i * i + (i >> 3)) % 3
  const colour = i % 17 === 3 ? '' : COLOURS[kind][(i >> 1) % 2]
  const size = (10 * (kind + 1) + ((i * 37) % 41) / 10).toFixed(1)
  return [colour, JSON.stringify(KINDS[kind]), size, String(1 + ((i * 7) % 13)), String((i >> 2) & 1)]
})

let place = ''
let [data, model] = ['', '']

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'made-test-'))
  ;[data, model] = [join(place, 'animals.csv'), join(place, 'run', 'best.safetensors')]
  await writeFile(data, csv(LINES))
  const trained = await runMadeHere('train', '--data', data, '--label', 'kind', '--learn-label', '--out', join(place, 'run'), '--hidden', '30', '--epochs', '30', '--learning-rate', '0.02', '--batch', '20', '--engine', 'cpu', '--json') // prettier-ignore
  expect(trained).toMatchObject({ status: 0, stderr: '' })
})

afterAll(() => rm(place, { recursive: true, force: true }))

function csv(lines: readonly (readonly string[])[], columns = [0, 1, 2, 3, 4]): string {
  return [HEADER.split(','), ...lines].map((line) => `${columns.map((column) => line[column]).join(',')}\n`).join('')
}

async function json<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const { status, stdout, stderr } = await runMadeHere(...args, '--json')
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as T
}

/** The rows that a command drew, by column; a comma within quotes is part of a value. */
async function drawn(name: string, ...more: string[]): Promise<{ rows: string[][]; stderr: string }> {
  const out = join(place, name)
  const finished = await runMadeHere('sample', '--model', model, '--count', '600', '--out', out, ...more)
  expect(finished).toMatchObject({ status: 0, stdout: `600 samples written to ${out}\n` })
  const [header, ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\n')
  expect(header).toBe(HEADER)
  const fields = (line: string): string[] =>
    [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].slice(0, 5).map(([, field]) => field)
  return { rows: lines.map(fields), stderr: finished.stderr }
}

describe('rows of a table as variables, drawn by made sample', () => {
  it('have the columns of the file with the label in its place, and only values that could be there', async () => {
    const { rows, stderr } = await drawn('free.csv')
    expect([rows.length, stderr]).toEqual([600, ''])
    for (const [colour, kind, size, age, smokes] of rows) {
      expect(['', 'grey', 'white', 'brown', 'blue']).toContain(colour)
      expect(['cat', 'dog', '"bird, small"']).toContain(kind)
      expect(size).toMatch(/^\d\d(\.\d)?$/)
      expect(Number(size)).toBeGreaterThanOrEqual(10)
      expect(Number(size)).toBeLessThanOrEqual(34)
      expect(Number(age)).toBeGreaterThanOrEqual(1)
      expect(Number(age)).toBeLessThanOrEqual(13)
      expect(['0', '1']).toContain(smokes)
    }
    for (const kind of ['cat', 'dog', '"bird, small"'])
      expect(Math.abs(rows.filter((row) => row[1] === kind).length - 200)).toBeLessThan(60)
  })

  it('are those of a class that is given, and of other values with a word that they come near', async () => {
    for (const text of ['kind=dog', 'label=dog']) {
      const { rows, stderr } = await drawn('dogs.csv', '--given', text)
      expect(stderr).toBe('')
      expect(new Set(rows.map(([, kind]) => kind))).toEqual(new Set(['dog']))
      expect(rows.filter(([colour]) => colour === 'blue').length).toBeLessThan(30)
      // Dogs are from 20 to 24; a bin may reach down to the largest cats or up to the smallest birds.
      expect(rows.filter(([, , size]) => Number(size) > 12 && Number(size) < 33).length).toBeGreaterThan(570)
    }
    for (const given of [
      ['--given', 'kind="bird, small",smokes=1'],
      ['--given', '"kind=bird, small"', '--given', 'smokes=1'],
    ]) // prettier-ignore
    {
      const { rows, stderr } = await drawn('birds.csv', ...given)
      expect(stderr).toMatch(/^made: What is given does not come first in the ordering, .* come near to those that have it: .*\n$/)
      expect(new Set(rows.map(([, kind, , , smokes]) => `${kind} ${smokes}`))).toEqual(new Set(['"bird, small" 1']))
    }
    const { rows, stderr } = await drawn('large.csv', '--given', 'size=32,colour=')
    expect(stderr).toMatch(/“size” = 32 stands for its whole range: [\d.]+ < size ≤ [\d.]+\.\n/)
    expect(new Set(rows.map(([colour]) => colour))).toEqual(new Set(['']))
    expect(rows.filter(([, kind]) => kind === '"bird, small"').length).toBeGreaterThan(540)
  })

  it.each([
    ['knd=dog', /knows no column “knd”/, /most like it: kind, /],
    ['kind=dgo', /never seen “dgo” in the column “kind”/, /most like it: dog, /],
    ['size=big', /“big” is no number/, /values such as/],
  ])('are refused for what the model does not know, with what is most like it: %s', async (text, sentence, hint) => {
    const out = join(place, 'never.csv')
    const { status, stderr } = await runMadeHere('sample', '--model', model, '--count', '5', '--out', out, '--given', text) // prettier-ignore
    const [first, second] = stderr.split('\n')
    expect([status, first, second]).toEqual([1, expect.stringMatching(sentence), expect.stringMatching(hint)])
  })

  it('need a model that says what its columns are', async () => {
    const oracle = join(import.meta.dirname, '..', 'fixtures', 'oracle', 'label-first.safetensors')
    const out = join(place, 'never.npy')
    const { status, stderr } = await runMadeHere('sample', '--model', oracle, '--count', '5', '--out', out, '--given', 'label=1') // prettier-ignore
    expect([status, stderr]).toEqual([1, expect.stringMatching(/does not say which columns its inputs stand for/)])
  })
})

interface Loss {
  readonly nll: number
  readonly interval95: number
}
interface Evaluated extends Loss {
  readonly density?: Loss
  readonly withoutLabel?: Loss & { readonly density: Loss }
  readonly classification?: {
    readonly label: string
    readonly classes: readonly string[]
    readonly error: number
    readonly calibrationError: number
    readonly confusion: readonly (readonly number[])[]
  }
  readonly rows: number
  readonly leftOut: number
  readonly notes: readonly string[]
}

function evaluated(file: string, ...more: string[]): Promise<Evaluated> {
  return json<Evaluated>('evaluate', '--model', model, '--data', file, '--split', 'all', ...more)
}

describe('made evaluate of a model that learnt a label', () => {
  it('tells p(x), error, calibration and confusion, and the density of numbers in bins', async () => {
    const { nll, density, withoutLabel, classification, rows } = await evaluated(data)
    if (!density || !withoutLabel || !classification) throw new Error('something is not told')
    expect(rows).toBe(900)
    expect([classification.label, classification.classes]).toEqual(['kind', ['bird, small', 'cat', 'dog']])
    // The size alone tells the kind, so that the label adds nothing to a row but what is left of doubt.
    expect(nll - withoutLabel.nll).toBeGreaterThan(0)
    expect(nll - withoutLabel.nll).toBeLessThan(0.2)
    expect(classification.error).toBeLessThan(0.05)
    expect(classification.calibrationError).toBeLessThan(0.1)
    const confusion = classification.confusion.flat()
    expect(confusion.reduce((sum, count) => sum + count, 0)).toBe(900)
    const right = classification.confusion.reduce((sum, counts, y) => sum + counts[y], 0)
    expect(classification.error).toBeCloseTo(1 - right / 900, 12)
    // What a density is more than a probability depends on the rows alone.
    expect(density.nll - nll).toBeCloseTo(withoutLabel.density.nll - withoutLabel.nll, 9)
    const words = (await runMadeHere('evaluate', '--model', model, '--data', data)).stdout.trimEnd().split('\n')
    expect(words).toHaveLength(5)
    expect(words[2]).toMatch(/^\d+\.\d{4} ± \d+\.\d{4} nats without the label “kind”, summed over its 3 values$/)
    expect(words[4]).toMatch(/^\d+\.\d\d% of the rows have another “kind” .*calibration error \d+\.\d\d%$/)
  })

  it('tells p(x) alone of rows that lack the label, which is the same', async () => {
    const file = join(place, 'unlabelled.csv')
    await writeFile(file, csv(LINES, [0, 2, 3, 4]))
    const [own, lacking] = [await evaluated(data), await evaluated(file)]
    expect(lacking.classification).toBeUndefined()
    expect(lacking.nll).toBeCloseTo(own.withoutLabel?.nll ?? NaN, 9)
    expect(lacking.withoutLabel?.nll).toBe(lacking.nll)
    const words = (await runMadeHere('evaluate', '--model', model, '--data', file)).stdout
    expect(words).toMatch(
      /^\d+\.\d{4} ± \d+\.\d{4} nats \(mean negative log-likelihood of 900 rows without their label/,
    )
  })

  it('scores what rows know where it learnt from rows that lack values, as training did', async () => {
    const run = join(place, 'observed')
    const lines = LINES.map((line, i) => line.map((value, column) => (i % 29 === 5 && column === 2 ? '' : value)))
    const [file, unlabelled, settings] = ['incomplete.csv', 'some.csv', 'settings.json'].map((name) =>
      join(place, name),
    )
    // A model file keeps no more connectivities than these.
    await writeFile(settings, JSON.stringify({ orderings: -1, testPairs: 16 }))
    await writeFile(file, csv(lines))
    const trained = await json<{ test: Loss & { rows: number } }>('train', '--data', file, '--label', 'kind', '--learn-label', '--missing', 'observed', '--config', settings, '--out', run, '--hidden', '30', '--epochs', '10', '--learning-rate', '0.02', '--batch', '20', '--engine', 'cpu') // prettier-ignore
    const scored = (data: string, ...more: string[]): Promise<Evaluated> =>
      json<Evaluated>('evaluate', '--model', run, '--data', data, ...more)
    const own = await scored(file)
    expect([own.rows, own.leftOut]).toEqual([trained.test.rows, 0])
    expect(own.nll).toBeCloseTo(trained.test.nll, 5)
    // Of every other row the kind is not told; the classes are counted of the others.
    await writeFile(unlabelled, csv(lines.map((line, i) => (i % 2 === 0 ? line.with(1, '') : line))))
    const some = await scored(unlabelled, '--split', 'all')
    expect([some.rows, some.classification?.confusion.flat().reduce((sum, count) => sum + count, 0)]).toEqual([
      900, 450,
    ])
    const all = await scored(file, '--split', 'all')
    expect(some.withoutLabel?.nll).toBeCloseTo(all.withoutLabel?.nll ?? NaN, 9)
  })

  it('takes rows that come as its columns, if they have one value of each variable', async () => {
    const [bits, broken] = [join(place, 'bits.npz'), join(place, 'broken.npy')]
    await json('data', 'convert', data, '--label', 'kind', '--learn-label', '--out', bits)
    const [own, same] = [await evaluated(data), await evaluated(bits)]
    expect(same).toMatchObject({ rows: 900, notes: [expect.stringMatching(/taken for the \d+ columns of the model/)] })
    expect(same.nll).toBeCloseTo(own.nll, 9)
    expect(same.classification?.error).toBe(own.classification?.error)

    const out = join(place, 'drawn.npy')
    expect(await runMadeHere('sample', '--model', model, '--count', '50', '--out', out)).toMatchObject({ status: 0 })
    expect((await evaluated(out)).rows).toBe(50)
    const bytes = await readFile(out)
    const columns = (bytes.length - 128) / 50
    // The third row has all five values of the colour, that it is missing among them.
    bytes.fill(1, 128 + 2 * columns, 128 + 2 * columns + 5)
    await writeFile(broken, bytes)
    const { status, stderr } = await runMadeHere('evaluate', '--model', model, '--data', broken)
    expect([status, stderr.split('\n')[0]]).toEqual([
      1,
      'made: Row 3 of broken.npy has 5 ones in the columns 1 to 5, which stand for one value of “colour” in the model.',
    ])
  })

  it('checks the rows for a model that does not say what its columns are', async () => {
    const oracle = (name: string): string => join(import.meta.dirname, '..', 'fixtures', 'oracle', name)
    const file = join(place, 'zeros.csv')
    await writeFile(file, `${'0'.repeat(16)}\n`.repeat(5))
    const { status, stderr } = await runMadeHere(
      'evaluate',
      '--model',
      oracle('label-first.safetensors'),
      '--data',
      file,
    )
    expect([status, stderr.split('\n').at(-3)]).toEqual([
      1,
      'made: Row 1 of zeros.csv has no one in the columns 1 to 10, which stand for one value in the model.',
    ])
  })

  it('leaves out a category that it has never seen, naming column and value', async () => {
    const file = join(place, 'unseen.csv')
    const unseen = ['mauve', 'dog', '22.0', '3', '1']
    await writeFile(file, csv([...LINES.slice(0, 40), unseen, ['grey', 'horse', '22.0', '3', '1']]))
    const { rows, leftOut, notes } = await evaluated(file)
    expect([rows, leftOut]).toEqual([40, 2])
    expect(notes).toEqual([
      '1 row has “mauve” in the column “colour”, which the model has never seen; left out.',
      '1 row has “horse” in the column “kind”, which the model has never seen; left out.',
    ])
  })
})

describe('made data inspect', () => {
  interface Inspected {
    readonly columnFacts: readonly { readonly name: string; readonly becomes?: Record<string, unknown> }[]
    readonly prepared: Record<string, unknown>
  }

  it('tells the variables, the bounds of bins and the label that is learnt', async () => {
    const { columnFacts, prepared } = await json<Inspected>('data', 'inspect', data, '--label', 'kind', '--learn-label', '--bins', '4,age=3') // prettier-ignore
    expect(prepared).toMatchObject({ variables: 5, columns: 5 + 3 + 4 + 3 + 1, label: 'kind' })
    expect(columnFacts.map(({ name, becomes }) => [name, becomes])).toEqual([
      ['colour', { kind: 'category', values: 5 }],
      ['size', { kind: 'bins', bins: 4, least: 10, upTo: [expect.any(Number), expect.any(Number), expect.any(Number), 34] }], // prettier-ignore
      ['age', { kind: 'bins', bins: 3, least: 1, upTo: [expect.any(Number), expect.any(Number), 13] }],
      ['smokes', { kind: 'bit' }],
    ])
    const words = (await runMadeHere('data', 'inspect', data, '--bins', '4,age=3')).stdout
    expect(words).toMatch(/^ {10}age: integers → 3 bins from 1, up to \d+, \d+ and 13$/m)
    expect(words).toMatch(/^ {10}colour: categories \(4\), 53 missing → 5 values$/m)
    expect(words).toMatch(/^becomes {3}5 variables in 16 columns of bits; train \d+, /m)
    expect(words).toMatch(/^to beat {3}\d+\.\d{4} nats on the validation rows, each column guessed alone$/m)
  })

  it('tells bits where each value is one', async () => {
    const { columnFacts, prepared } = await json<Inspected>('data', 'inspect', data, '--as-bits')
    expect(prepared).toMatchObject({ variables: 5 + 3 + 1 + 13 + 1, columns: 5 + 3 + 1 + 13 + 1, label: null })
    expect(columnFacts.map(({ becomes }) => becomes)).toMatchObject([
      { kind: 'bits', bits: 5 },
      { kind: 'bits', bits: 3 },
      { kind: 'bits', bits: 1, levels: [expect.any(Number)] },
      { kind: 'bits', bits: 13 },
      { kind: 'bit' },
    ])
    const words = (await runMadeHere('data', 'inspect', data, '--bits', '2')).stdout
    expect(words).toMatch(/^ {10}size: numbers → 2 bits, above [\d.]+ and [\d.]+$/m)
    expect(words).toMatch(/^becomes {3}\d+ bits; train /m)
  })

  it.each([
    [['data', 'inspect', 'DATA', '--learn-label'], 1, /animals\.csv has no label that could be learnt/],
    [['data', 'inspect', 'synthetic:bars-and-stripes', '--learn-label'], 2, /synthetic set have no label/],
    [['data', 'inspect', 'synthetic:bars-and-stripes', '--bits', '2'], 2, /no file that has columns/],
    [['data', 'inspect', 'mnist', '--missing', 'drop', '--learn-label'], 2, /no file that has columns/],
    [['train', '--data', 'mnist', '--omit', 'a', '--out', 'OUT'], 2, /no file that has columns/],
    [['data', 'inspect', 'DATA', '--bins', '4', '--bits', '2'], 2, /"--bins <bins>" cannot be used with option "--bits <bits>"/], // prettier-ignore
    [['data', 'inspect', 'DATA', '--bins', '1'], 2, /--bins is "1"; it must be a whole number of 2 or more/],
    [['data', 'inspect', 'DATA', '--bins', 'age=33'], 2, /--bins is "age=33"; the most bins of a number are 32/],
  ])('refuses what cannot be: %j', async (words, status, sentence) => {
    const refused = await runMadeHere(...words.map((word) => (word === 'DATA' ? data : word)))
    expect(refused).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(sentence) })
  })
})

describe('made fill', () => {
  it('draws a label that is missing and numbers within their bins, in the columns of the file', async () => {
    const run = join(place, 'to-fill')
    const trained = await runMadeHere('train', '--data', data, '--label', 'kind', '--learn-label', '--missing', 'model', '--out', run, '--hidden', '30', '--epochs', '30', '--learning-rate', '0.02', '--batch', '20', '--engine', 'cpu', '--json') // prettier-ignore
    expect(trained.status).toBe(0)
    const [file, out] = [join(place, 'gaps.csv'), join(place, 'filled.csv')]
    const gaps = [0, 1, 2, 4, 5, 6].map((i) => LINES[i].map((value, column) => (column === 1 && i < 3 ? '' : value)))
    const gapAt = [...gaps, ['grey', 'dog', '', '5', '0'], ['blue', '', '', '5', '0']]
    await writeFile(file, csv(gapAt))
    const filled = await json<{ filled: number; left: number }>('fill', run, '--data', file, '--out', out)
    expect(filled).toMatchObject({ filled: 6, rows: 5, left: 0 })
    const [header, ...lines] = (await readFile(out, 'utf8')).trimEnd().split('\n')
    expect(header).toBe(HEADER)
    lines.slice(0, 6).forEach((line, i) => expect(line).toBe(LINES[[0, 1, 2, 4, 5, 6][i]].map(plain).join(',')))
    const sizeIn = (line: string, pattern: RegExp): number => Number(pattern.exec(line)?.[1])
    const dog = sizeIn(lines[6], /^grey,dog,(\d\d(?:\.\d)?),5,0$/)
    const bird = sizeIn(lines[7], /^blue,"bird, small",(\d\d(?:\.\d)?),5,0$/)
    expect([dog > 12 && dog < 33, bird > 22 && bird <= 34]).toEqual([true, true])
  })
})

/** A field as it is written: quoted only where that is needed, and a number without zeros at its end. */
function plain(field: string): string {
  if (/^\d+\.0$/.test(field)) return field.slice(0, -2)
  return field.includes(' ') ? field : field.replaceAll('"', '')
}
