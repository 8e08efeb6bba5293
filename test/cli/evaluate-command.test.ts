import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MISSING_VALUES } from '../../src/shared/data-source'
import { temporaryFolder } from '../training/small-run'
import { runMadeHere } from './made-command'
import { writeNpz } from './npz-file'
import { bySplit } from '../../src/data/split'
import { chainRows } from '../training/chain'

interface Evaluated {
  readonly nll: number
  readonly rows: number
  readonly split: string
  readonly leftOut: number
  readonly notes: readonly string[]
}

async function evaluated(model: string, data: string, ...more: string[]): Promise<Evaluated> {
  const { status, stdout, stderr } = await runMadeHere('evaluate', '--model', model, '--data', data, ...more, '--json')
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout) as Evaluated
}

async function trained(data: string, out: string, ...more: string[]): Promise<number> {
  const { status, stdout, stderr } = await runMadeHere('train', '--data', data, '--out', out, '--hidden', '20', '--epochs', '20', '--learning-rate', '0.02', '--batch', '20', '--engine', 'cpu', '--json', ...more) // prettier-ignore
  expect([status, stderr]).toEqual([0, ''])
  return (JSON.parse(stdout) as { test: { nll: number } }).test.nll
}

const WORDS = ['red', 'green', 'blue', 'grey']

/** A word, what follows from it, and two numbers, the higher the lower; every ninth row lacks one of the four. */
function table(rows: number, first = 0): string[][] {
  return Array.from({ length: rows }, (_, i) => {
    const n = i + first
    const word = (n * n + (n >> 3)) % 4
    const cells = [
      WORDS[word],
      `like ${WORDS[word]}`,
      String(100 + ((n * 37) % 41) - 20),
      String(5 + (41 - ((n * 37) % 41)) / 8),
    ]
    return n % 9 === 4 ? cells.map((cell, column) => (column === n % 4 ? '' : cell)) : cells
  })
}

function csv(rows: readonly (readonly string[])[], columns = [0, 1, 2, 3], extra = false): string {
  const names = ['word', 'follows', 'tall', 'wide']
  const lines = rows.map((row) => columns.map((column) => row[column]))
  return [columns.map((column) => names[column]), ...lines]
    .map((line, i) => [...line, ...(extra ? [i === 0 ? 'extra' : 'x'] : [])].join(','))
    .join('\n')
}

describe('made evaluate', () => {
  it.each(MISSING_VALUES)('gives of the own data the test loss that training gave: --missing %s', async (missing) => {
    const place = await temporaryFolder()
    const data = join(place, 'own.csv')
    await writeFile(data, csv(table(500)))
    const run = join(place, 'run')
    // What rows know comes first in orderings of their own; a model file keeps no more connectivities than these.
    const settings = join(place, 'settings.json')
    await writeFile(settings, JSON.stringify({ orderings: -1, testPairs: 16 }))
    const fresh = missing === 'observed' ? ['--config', settings] : []
    const test = await trained(data, run, '--missing', missing, ...fresh)
    const alone = join(await temporaryFolder(), 'alone.safetensors')
    await copyFile(join(run, 'best.safetensors'), alone)
    for (const model of [alone, run]) {
      const own = await evaluated(model, data)
      expect(own).toMatchObject({ split: 'test' })
      expect(own.nll).toBeCloseTo(test, 9)
    }
    const gaps = missing === 'drop' || missing === 'model'
    const all = await evaluated(alone, data, '--split', 'all')
    expect([all.rows + all.leftOut, all.leftOut > 0]).toEqual([500, gaps])
    expect(all.notes.join()).toMatch(gaps ? /^\d+ rows have no value in .*“tall”.*; left out\.$/ : /^$/)
    const parts: Evaluated[] = []
    for (const split of ['train', 'valid', 'test']) parts.push(await evaluated(alone, data, '--split', split))
    expect(parts.reduce((sum, { rows }) => sum + rows, 0)).toBe(all.rows)
    const mean = parts.reduce((sum, { nll, rows }) => sum + nll * rows, 0) / all.rows
    expect(all.nll).toBeCloseTo(mean, 9)
    expect(await evaluated(alone, data, '--split', 'all', '--missing', 'drop')).toMatchObject({ rows: 444 })
  })

  it('codes a new file as the model knows it: words in any order, bounds of the training data, columns by name', async () => {
    const place = await temporaryFolder()
    const [data, run] = [join(place, 'own.csv'), join(place, 'run')]
    await writeFile(data, csv(table(600)))
    await trained(data, run, '--missing', 'drop')
    const file = async (name: string, text: string): Promise<Evaluated> => {
      const path = join(place, name)
      await writeFile(path, text)
      return evaluated(join(run, 'best.safetensors'), path)
    }
    const rows = table(200, 1000)
    const straight = await file('straight.csv', csv(rows))
    expect(straight).toMatchObject({ split: 'all', rows: 178, leftOut: 22 })
    const turned = await file('turned.csv', csv(rows.toReversed()))
    expect(turned.nll).toBeCloseTo(straight.nll, 9)
    const shuffled = await file('shuffled.csv', csv(rows, [3, 1, 0, 2], true))
    expect(shuffled.nll).toBeCloseTo(straight.nll, 9)
    expect(shuffled.notes[0]).toBe('The model does not know the column “extra” of shuffled.csv, which was passed over.')
    // All far above what the training data had: by quantiles of their own they would look the same.
    const far = (cells: readonly string[]): string[] => [...cells.slice(0, 2), '300', '20']
    expect((await file('far.csv', csv(rows.map(far)))).nll).toBeGreaterThan(straight.nll + 0.2)
    const one = await file('one.csv', csv([['red', 'like red', '101', '5.5']]))
    expect(one).toMatchObject({ rows: 1, split: 'all' })
    const unknown = await file('unknown.csv', csv([...rows, ['mauve', 'like red', '101', '5.5']]))
    expect(unknown).toMatchObject({ rows: 178, leftOut: 23 })
    expect(unknown.notes.join()).toContain('1 row has “mauve” in the column “word”')
    expect(unknown.nll).toBeCloseTo(straight.nll, 9)

    const gap = await file('gap.csv', csv([...rows, ['red', 'like red', 'unread', '5.5']]))
    expect(gap).toMatchObject({ rows: 178, leftOut: 23 })
    expect(gap.notes.join()).toContain('“unread” was taken for missing values (1 row)')
    expect(gap.nll).toBeCloseTo(straight.nll, 9)

    const refusals: [string, RegExp][] = [
      [csv(rows, [0, 1, 3]), /has no column “tall”, which the model was trained on/],
      [csv(rows.map(([word, like]) => [word, like, 'high', '5'])), /column “tall” of .* holds words such as “high”/],
    ]
    for (const [text, sentence] of refusals) {
      await writeFile(join(place, 'refused.csv'), text)
      const refused = await runMadeHere('evaluate', '--model', run, '--data', join(place, 'refused.csv'))
      expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(sentence) })
    }
    const cannot = await runMadeHere('evaluate', '--model', run, '--data', data, '--missing', 'common')
    expect(cannot).toMatchObject({ status: 1, stderr: expect.stringMatching(/trained with --missing drop and cannot/) })
    const words = await runMadeHere('evaluate', '--model', run, '--data', join(place, 'unknown.csv'))
    expect(words.stdout).toMatch(
      /^\d+\.\d{4} ± \d+\.\d{4} nats \(.* of 178 rows, all parts, 1 connectivity, cpu\)\n\d+\.\d{4} ± \d+\.\d{4} nats as a density, .*\n$/,
    )
    expect(words.stderr).toMatch(/^made: \d+ rows have no value.*\nmade: 1 row has “mauve”.*\n$/)
  })

  it('reads models that do not say it as before, by their run where there is one', async () => {
    const place = await temporaryFolder()
    const [data, run] = [join(place, 'own.csv'), join(place, 'run')]
    await writeFile(data, csv(table(500)))
    const test = await trained(data, run, '--missing', 'drop')
    const best = join(run, 'best.safetensors')
    await writeFile(best, withoutPreparation(await readFile(best)))
    expect((await evaluated(best, data)).nll).toBeCloseTo(test, 9)
    const alone = join(await temporaryFolder(), 'alone.safetensors')
    await copyFile(best, alone)
    const guessed = await evaluated(alone, data, '--missing', 'drop')
    expect(guessed.nll).toBeCloseTo(test, 9)
    expect(guessed.notes[0]).toBe(
      'The model does not say how its data were prepared; own.csv was prepared as its contents suggest.',
    )
    await rm(data)
    await writeFile(join(place, 'other.csv'), csv(table(300)))
    expect(await evaluated(best, join(place, 'other.csv'), '--missing', 'drop')).toMatchObject({ split: 'test' })
  })

  it('scores the test rows of data that come in parts', async () => {
    const place = await temporaryFolder()
    const parts = (seed: number): Record<string, ReturnType<typeof chainRows>> =>
      bySplit((split) => chainRows(split === 'train' ? 400 : 100, 8, split.length + seed))
    const [data, other] = [join(place, 'a.npz'), join(place, 'b.npz')]
    await writeNpz(
      data,
      bySplit((split) => parts(0)[split]),
    )
    await writeNpz(
      other,
      bySplit((split) => parts(7)[split]),
    )
    await trained(data, join(place, 'run'))
    expect(await evaluated(join(place, 'run'), other)).toMatchObject({ rows: 100, split: 'test', notes: [] })
    expect(await evaluated(join(place, 'run'), other, '--split', 'all')).toMatchObject({ rows: 600, split: 'all' })
  })
})

/** A model file as the first builds wrote it. */
function withoutPreparation(bytes: Buffer): Buffer {
  const length = Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as { __metadata__: Record<string, string> }
  delete header.__metadata__['preparation']
  const json = Buffer.from(JSON.stringify(header))
  const padded = Buffer.alloc(Math.ceil(json.length / 8) * 8, ' ')
  json.copy(padded)
  const prefix = Buffer.alloc(8)
  prefix.writeBigUInt64LE(BigInt(padded.length))
  return Buffer.concat([prefix, padded, bytes.subarray(8 + length)])
}
