import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FillingSummary } from '../../src/shared/contract'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../training/small-run'
import { runMade, runMadeHere } from './made-command'

/** The second column copies the first; every seventh row lacks one of them. */
function copyLines(rows: number): string[] {
  return Array.from({ length: rows }, (_, i) => {
    const word = 'abc'[(i * i + (i >> 2)) % 3]
    return `${i % 14 === 0 ? '?' : word},${i % 14 === 7 ? '' : `like ${word}`},${i % 60}`
  })
}

describe('made fill', () => {
  it('fills in the data of a run, or another file, by the run or by its model; the same values from the same seed', async () => {
    const place = await temporaryFolder()
    const lines = copyLines(700)
    const data = join(place, 'copy.csv')
    await writeFile(data, `first,copy,age\n${lines.join('\n')}\n`)
    const run = join(place, 'run')
    const trained = await runMadeHere('train', '--data', data, '--missing', 'model', '--out', run, '--hidden', '30', '--epochs', '20', '--learning-rate', '0.02', '--batch', '20', '--engine', 'cpu', '--json') // prettier-ignore
    expect(trained).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(await readFile(join(run, 'run.json'), 'utf8'))).toMatchObject({
      config: { data: { preparation: { missing: 'model', pictureSize: null } } },
      data: { toFill: 100 },
    })

    const out = join(place, 'filled.csv')
    const filled = await runMade('fill', run, '--out', out, '--seed', '5', '--json')
    expect(filled).toMatchObject({ status: 0, stderr: '' })
    const { columns, ...summary } = JSON.parse(filled.stdout) as FillingSummary & { out: string }
    expect(summary).toEqual({ out, filled: 100, rows: 100, left: 0, omitted: [] })
    expect(columns.map(({ name }) => name)).toEqual(['first', 'copy'])
    expect(columns.reduce((sum, column) => sum + column.filled, 0)).toBe(100)
    const [header, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\n')
    expect(header).toBe('first,copy,age')
    let right = 0
    rows.forEach((row, i) => {
      const [first, copy, age] = row.split(',')
      const [before, copyBefore, ageBefore] = lines[i].split(',')
      expect([before === '?' ? before : first, copyBefore === '' ? copyBefore : copy, age]).toEqual([
        before,
        copyBefore,
        ageBefore,
      ])
      if (i % 7 === 0 && copy === `like ${first}`) right++
    })
    expect(right).toBeGreaterThan(95)

    const byModel = join(place, 'by-model.csv')
    const inWords = (await runMadeHere('fill', join(run, 'best.safetensors'), '--out', byModel, '--seed', '5')).stdout
    expect(inWords.split('\n')[0]).toBe(`100 missing values in 100 rows filled in: ${byModel}`)
    expect(inWords).toMatch(/^ {2}copy: \d+ × like \w+ \(chance (over )?\d+%\), /m)
    expect(await readFile(byModel, 'utf8')).toBe(await readFile(out, 'utf8'))

    const model = join(await temporaryFolder(), 'alone.safetensors')
    await copyFile(join(run, 'best.safetensors'), model)
    const alone = join(place, 'alone.csv')
    expect((await runMadeHere('fill', model, '--data', data, '--out', alone, '--seed', '5')).status).toBe(0)
    expect(await readFile(alone, 'utf8')).toBe(await readFile(out, 'utf8'))

    const other = join(place, 'other.csv')
    await writeFile(other, 'name,copy,first,age\nAnn,like a,,3\nBob,,c,4\nCas,like b,b,5\n')
    const otherOut = join(place, 'other-filled.csv')
    expect((await runMadeHere('fill', run, '--data', other, '--out', otherOut)).status).toBe(0)
    expect(await readFile(otherOut, 'utf8')).toBe(
      'name,copy,first,age\nAnn,like a,a,3\nBob,like c,c,4\nCas,like b,b,5\n',
    )

    const refusals: [number, RegExp, string[]][] = [
      [2, /--out is "x\.txt"; it must end in \.csv/, ['fill', run, '--out', 'x.txt']],
      [2, /does not hold the rows that it was trained on/, ['fill', model, '--out', out]],
      [1, /There is no run in/, ['fill', join(place, 'nothing'), '--out', out]],
      [
        2,
        /--missing is "guess"; it must be one of/,
        ['train', '--data', data, '--missing', 'guess', '--out', join(place, 'x')],
      ],
    ]
    for (const [status, sentence, words] of refusals) {
      const refused = await runMadeHere(...words)
      expect(refused).toMatchObject({ status, stdout: '' })
      expect(refused.stderr).toMatch(sentence)
      expect(refused.stderr.trimEnd().split('\n')).toHaveLength(2)
    }
    await writeFile(data, `first,copy,age\n${lines.slice(1).join('\n')}\n`)
    expect((await runMadeHere('fill', run, '--out', out)).stderr).toMatch(/have changed since it began/)
  })
})
