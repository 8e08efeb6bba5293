import { expect, it } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { BUILT_IN_TABLES, builtInPath, builtInTable } from '../../src/data/built-in-names'
import { filePathOf } from '../../src/data/built-in-tables'
import { openDataSet } from '../../src/data/data-set'

const places = { mnistFolder: '/nowhere', tablesFolder: inProject('resources', 'tables') }

it.each(BUILT_IN_TABLES)(
  'the built-in table %s is opened by its name, and its source stays that name',
  async (name) => {
    const source = { kind: 'file', path: builtInPath(name), preparation: null } as const
    const data = await openDataSet(source, places)
    expect(data.name).toBe(name)
    expect(data.source).toMatchObject({ kind: 'file', path: builtInPath(name) })
    expect((await openDataSet(data.source, places)).hash).toBe(data.hash)
  },
)

it('of the mushrooms all rows are read, with words that only look as if nothing were there', async () => {
  const { table, columnNames, rowsToFill } = await openDataSet(
    { kind: 'file', path: 'built-in:mushrooms', preparation: null },
    places,
  )
  expect(table?.rows).toBe(8124)
  expect(columnNames).toContain('odor = none')
  expect(columnNames).toContain('ring number = none')
  // The root of the stalk is not known of all.
  expect(rowsToFill).toBe(2480)
})

it('a path that names no built-in table is a file, or a table that this version lacks', () => {
  expect(filePathOf('/home/me/mushrooms.csv', undefined)).toBe('/home/me/mushrooms.csv')
  expect(builtInTable('C:\\mushrooms')).toBeNull()
  expect(builtInTable('built-in:toadstools')).toBeUndefined()
  expect(() => filePathOf('built-in:toadstools', '/tables')).toThrow(/built-in:toadstools is not there/)
})
