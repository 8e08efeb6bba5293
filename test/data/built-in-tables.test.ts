import { expect, it } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { BUILT_IN_TABLES, builtInPath, builtInTable } from '../../src/data/built-in-names'
import { openDataSet } from '../../src/data/data-set'
import { expectFailure } from '../base/expect-failure'

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
  const { table, columnNames } = await openDataSet(
    { kind: 'file', path: 'built-in:mushrooms', preparation: null },
    places,
  )
  expect(table?.rows).toBe(8124)
  expect(columnNames).toContain('odor = none')
  expect(columnNames).toContain('ring number = none')
  // The root of the stalk is not known of all.
  expect(table?.notes).toEqual([])
})

it('a path that names no built-in table is a file, or a table that this version lacks', async () => {
  expect(builtInTable('C:\\mushrooms')).toBeNull()
  expect(builtInTable('built-in:toadstools')).toBeUndefined()
  const toadstools = { kind: 'file', path: 'built-in:toadstools', preparation: null } as const
  await expectFailure(() => openDataSet(toadstools, places), 'not-found', /built-in:toadstools is not there/)
  const own = { kind: 'file', path: '/nowhere/mushrooms.csv', preparation: null } as const
  await expectFailure(() => openDataSet(own, places), 'not-found', /nowhere/)
})
