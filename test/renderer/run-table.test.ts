import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, type EffectScope } from 'vue'
import { useRunTableStore } from '../../src/renderer/stores/run-table'
import { useRunsStore } from '../../src/renderer/stores/runs'
import { useRunList, type RunList } from '../../src/renderer/views/runs/useRunList'
import type { RunSummary } from '../../src/shared/run'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'
import { summaryOf } from './run-summary'

let scope: EffectScope
let isRoomy = true

beforeEach(() => {
  const query = (): unknown => ({ matches: isRoomy, addEventListener: vi.fn(), removeEventListener: vi.fn() })
  vi.stubGlobal('matchMedia', query)
  vi.stubGlobal('window', { studio: { request: () => new Promise(() => undefined) } })
  setActivePinia(createPinia())
  scope = effectScope()
  isRoomy = true
})

afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

const tested = (nll: number): Pick<RunSummary, 'test'> => ({
  test: { nll, interval95: 0.5, rows: 9, connectivities: 1 },
})

/** The newest first: Zebra 2, zebra 10, Ant. */
const RUNS = [
  summaryOf('a', { name: 'Ant', note: 'For the paper', createdAt: 1, dataHash: 'x', ...tested(80) }),
  summaryOf('b', { name: 'zebra 10', isStarred: true, createdAt: 2, dataHash: 'y', ...tested(70), status: 'diverged' }),
  summaryOf('c', {
    name: 'Zebra 2',
    createdAt: 3,
    dataHash: 'x',
    config: { ...DEFAULT_RUN_CONFIG, orderings: 8, seed: 11 },
  }),
]

function listOf(runs: readonly RunSummary[] = RUNS): RunList {
  useRunsStore().list = [...runs]
  const list = scope.run(useRunList)
  if (!list) throw new Error('there is no list')
  return list
}

const ids = (list: RunList): string[] => list.runs.value.map(({ id }) => id)

describe('the table of runs', () => {
  it('begins with the newest, runs on the same rows together', () => {
    const list = listOf()
    expect(list.items.value.map(({ kind, key }) => (kind === 'run' ? key : kind))).toEqual([
      'group',
      'c',
      'a',
      'group',
      'b',
    ])
  })

  it('is sorted by a column, the other way round, and as before', async () => {
    const list = listOf()
    const { state } = useRunTableStore()
    state.isGrouped = false
    const after = async (column: Parameters<RunList['toggleSort']>[0]): Promise<[string[], string | undefined]> => {
      list.toggleSort(column)
      await nextTick()
      return [ids(list), list.sortOf(column)]
    }
    // What has no result comes last either way.
    expect(await after('test')).toEqual([['b', 'a', 'c'], 'ascending'])
    expect(await after('test')).toEqual([['a', 'b', 'c'], 'descending'])
    expect(await after('test')).toEqual([['c', 'b', 'a'], 'none'])
    // By letters whatever their case, and numbers by their size.
    expect(await after('name')).toEqual([['a', 'c', 'b'], 'ascending'])
    expect(await after('date')).toEqual([['c', 'b', 'a'], 'descending'])
    expect(list.sortOf('curve')).toBeUndefined()
    // Sorted or not, runs on the same rows stand together where that is wanted.
    list.toggleSort('test')
    state.isGrouped = true
    await nextTick()
    expect(ids(list)).toEqual(['b', 'a', 'c'])
    expect(list.items.value.filter(({ kind }) => kind === 'group')).toHaveLength(2)
  })

  it('shows what has all words somewhere, and became what is looked for', async () => {
    const list = listOf()
    const table = useRunTableStore()
    const found = async (filter: string): Promise<string[]> => {
      table.state.filter = filter
      await nextTick()
      return ids(list)
    }
    expect(await found(' ZEBRA ')).toEqual(['c', 'b'])
    expect(await found('zebra orderings')).toEqual(['c'])
    expect(await found('zebra giraffe')).toEqual([])
    // What is noted is found, too.
    expect(await found('for the paper')).toEqual(['a'])
    table.state.isStarred = true
    expect(await found('')).toEqual(['b'])
    table.findAll()
    expect(table.statuses).toEqual(['finished', 'diverged'])
    table.toggleStatus('diverged')
    expect(await found('')).toEqual(['b'])
    table.toggleStatus('finished')
    expect(await found('')).toEqual(['c', 'a', 'b'])
  })

  it('has the columns that a person wants, else those that there is room for', async () => {
    const list = listOf()
    expect(list.columns.value).toEqual(['name', 'status', 'curve', 'validation', 'test'])
    const table = useRunTableStore()
    table.showColumn('seed', true)
    table.showColumn('curve', false)
    await nextTick()
    expect(list.columns.value).toEqual(['name', 'status', 'seed', 'validation', 'test'])
    isRoomy = false
    const narrow = listOf()
    expect(narrow.columns.value).toEqual(['name', 'status', 'seed', 'test'])
    table.showColumn('validation', true)
    await nextTick()
    expect(narrow.columns.value).toEqual(['name', 'status', 'seed', 'validation', 'test'])
  })
})
