import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readTable } from '../../../src/data/readers/read-table'
import { missingCount } from '../../../src/data/table'
import { sentencesOf } from './table-values'
import { temporaryFolder } from '../../training/small-run'

const rows = Array.from({ length: 40 }, (_, row) => [row * 1.5, row % 7])

/** The rows of numbers in a format, the sixth first value written as something else. */
const WRITTEN: readonly (readonly [string, string, (word: string) => string])[] = [
  ['csv', '1e999', (word) => `a,b\n${rows.map(([a, b], r) => `${r === 5 ? word : a},${b}`).join('\n')}\n`],
  ['csv', '-inf', (word) => `a,b\n${rows.map(([a, b], r) => `${r === 5 ? word : a},${b}`).join('\n')}\n`],
  [
    'arff',
    '1e999',
    (word) =>
      `@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n${rows.map(([a, b], r) => `${r === 5 ? word : a},${b}`).join('\n')}\n`,
  ],
  ['libsvm', '1e999', (word) => rows.map(([a, b], r) => `1 1:${r === 5 ? word : a} 2:${b}\n`).join('')],
  ['json', '1e999', (word) => `[${rows.map(([a, b], r) => `{"a": ${r === 5 ? word : a}, "b": ${b}}`).join(',\n')}]`],
]

it.each(WRITTEN)('an infinite number is missing, and told, in .%s as %s', async (format, word, written) => {
  const path = join(await temporaryFolder(), `x.${format}`)
  await writeFile(path, written(word))
  const { values, notes } = await readTable(path)
  if (values.kind !== 'columns') throw new Error('no columns')
  expect(values.columns.map(({ kind }) => kind)).toEqual(['numbers', 'integers'])
  expect(values.columns.map(missingCount)).toEqual([1, 0])
  expect(sentencesOf({ notes }).join(' ')).toMatch(/holds numbers, “[^”]+” was taken for missing values \(1 row\)/)
})
