import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../training/small-run'
import { runMadeHere } from './made-command'

const DATA = 'synthetic:markov-chain,columns=9,train=100,valid=30,test=307'

async function made(...args: string[]): Promise<void> {
  const { status, stderr } = await runMadeHere(...args)
  if (status !== 0) throw new Error(stderr)
}

/** Scores rows as a whole, and in parts that are put one after another. */
async function expectSameInParts(shards: readonly number[], place: string, ...score: string[]): Promise<string> {
  const whole = join(place, 'whole.csv')
  await made('score', ...score, '--out', whole)
  const expected = await readFile(whole, 'utf8')
  for (const n of shards) {
    const parts: string[] = []
    for (let i = 0; i < n; i++) {
      const part = join(place, `part-${i}.csv`)
      await made('score', ...score, '--out', part, '--shard', `${i}/${n}`)
      parts.push(await readFile(part, 'utf8'))
    }
    expect(parts.join('')).toBe(expected)
  }
  return expected
}

async function trained(place: string, data: string, ...more: string[]): Promise<string> {
  const run = join(place, 'run')
  await made('train', '--data', data, '--out', run, '--hidden', '17', '--epochs', '1', '--batch', '50', '--engine', 'cpu', ...more) // prettier-ignore
  return run
}

describe('made score --shard', () => {
  it('writes parts that are the whole file one after another, to the last bit', async () => {
    const place = await temporaryFolder()
    const run = await trained(place, DATA, '--orderings', '5', '--masks', '3')
    const expected = await expectSameInParts([1, 5], place, '--model', run, '--data', DATA, '--split', 'test')
    expect(expected.split('\n')).toHaveLength(1 + 307 + 1)
    await expectSameInParts([3], place, '--model', run, '--data', DATA, '--split', 'test', '--by-variable')
    // More parts than rows: some have none.
    const part = join(place, 'none.csv')
    await made('score', '--model', run, '--data', DATA, '--split', 'test', '--out', part, '--shard', '0/2000')
    expect(await readFile(part, 'utf8')).toBe('row,log_p\n')
  })

  it('does so of rows that lack values, and of a label that is learnt', async () => {
    const place = await temporaryFolder()
    const rows = Array.from({ length: 90 }, (_, i) => [i % 7 === 3 ? '' : 'xyz'[i % 3], i % 5 === 1 ? '' : i % 4, 'uv'[(i >> 2) % 2]].join(',')) // prettier-ignore
    const data = join(place, 'rows.csv')
    await writeFile(data, ['a,b,label', ...rows].join('\n'))
    const run = await trained(place, data, '--missing', 'observed', '--orderings', '-1', '--learn-label')
    await expectSameInParts([3], place, '--model', run, '--data', data, '--split', 'all')
  })

  it('scores under every connectivity of a longer list, if asked to', async () => {
    const place = await temporaryFolder()
    const run = await trained(place, DATA, '--orderings', '11', '--masks', '7')
    const [stored, all] = ['stored.csv', 'all.csv'].map((name) => join(place, name))
    const score = ['score', '--model', run, '--data', DATA, '--split', 'test']
    await made(...score, '--out', stored)
    await made(...score, '--out', all, '--all-connectivities')
    expect(await readFile(all, 'utf8')).not.toBe(await readFile(stored, 'utf8'))
    // The test of the run itself is under the whole list.
    const { test } = JSON.parse(await readFile(join(run, 'run.json'), 'utf8')) as { test: { nll: number; connectivities: number } } // prettier-ignore
    expect(test.connectivities).toBe(77)
    const logs = (await readFile(all, 'utf8')).trim().split('\n').slice(1).map((line) => Number(line.split(',')[1])) // prettier-ignore
    expect(-logs.reduce((sum, log) => sum + log, 0) / logs.length).toBeCloseTo(test.nll, 5)
  })

  it('refuses what is no part, and a list without an end', async () => {
    const place = await temporaryFolder()
    const run = await trained(place, DATA, '--orderings', '-1')
    const score = ['score', '--model', run, '--data', DATA, '--out', join(place, 'x.csv')]
    for (const shard of ['8/8', '-1/8', '1', '0/0', 'a/b'])
      expect(await runMadeHere(...score, `--shard=${shard}`)).toMatchObject({ status: 2, stderr: expect.stringContaining('such as 0/8 to 7/8') }) // prettier-ignore
    expect(await runMadeHere(...score, '--all-connectivities')).toMatchObject({ status: 1, stderr: expect.stringContaining('there is no list of all') }) // prettier-ignore
  })
})
