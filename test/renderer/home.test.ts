import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { builtInName } from '../../src/renderer/logic/run-words'
import { useHomeStore } from '../../src/renderer/stores/home'
import { useRunsStore } from '../../src/renderer/stores/runs'
import { useWindowStore } from '../../src/renderer/stores/window'
import { BUILT_IN_RUNS } from '../../src/shared/built-in-runs'
import { NEW_SESSION } from '../../src/shared/session'
import { summaryOf } from './run-summary'

interface Asked {
  readonly first: number
  readonly count: number
  readonly source: { readonly runId: string; readonly seed: number }
}

describe('the digits of the first page', () => {
  let asked: Asked[] = []
  let answer: (reply: unknown) => void = () => undefined

  beforeEach(() => {
    asked = []
    const request = (_channel: string, params: Asked): Promise<unknown> => {
      asked.push(params)
      return new Promise((resolve) => (answer = resolve))
    }
    vi.stubGlobal('window', { studio: { request } })
    setActivePinia(createPinia())
  })

  afterEach(() => vi.unstubAllGlobals())

  it('are drawn by the model that came along, one lot after another, and never two at once', async () => {
    const home = useHomeStore()
    home.drawMore()
    home.drawMore()
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ first: 0, source: { runId: BUILT_IN_RUNS.digits } })
    expect(home.isDrawn).toBe(false)
    const page = { first: 0 }
    answer({ ok: true, value: page })
    await home.drawnSoFar()
    expect(home.page).toEqual(page)
    await Promise.resolve()
    home.drawMore()
    expect(asked.map(({ first }) => first)).toEqual([0, asked[0].count])
    expect(asked[1].source).toEqual(asked[0].source)
  })

  it('that cannot be drawn are told of at Home, and asked for again', async () => {
    const home = useHomeStore()
    home.drawMore()
    const said = { english: 'This run is not there any more.', key: 'run.gone', values: {} }
    answer({ ok: false, failure: { code: 'not-found', message: said, hint: said } })
    await home.drawnSoFar()
    expect(useWindowStore().problems.get('home')?.failure.code).toBe('not-found')
    await Promise.resolve()
    home.drawMore()
    answer({ ok: true, value: { first: 0 } })
    await home.drawnSoFar()
    expect(useWindowStore().problems.has('home')).toBe(false)
  })
})

it('who begins for the first time begins at Home', () => {
  expect(NEW_SESSION.view).toBe('home')
})

it('runs that came along have names in the reader’s language, and leave names free for a person’s own', () => {
  vi.stubGlobal('window', { studio: { request: () => new Promise(() => undefined) } })
  setActivePinia(createPinia())
  const runs = useRunsStore()
  const own = summaryOf('mine', { createdAt: 2 })
  const others = Object.values(BUILT_IN_RUNS).map((id) => summaryOf(id, { isBuiltIn: true, createdAt: 1 }))
  runs.list = [...others, own]
  expect(runs.names).toEqual([own.name])
  expect(runs.own.map(({ id }) => id)).toEqual(['mine'])
  expect(runs.kept.map(({ name }) => name)).toEqual([
    own.name,
    'Handwritten digits',
    'Digits in any order',
    'Mushrooms',
  ])
  expect(builtInName({ id: 'another', name: 'as it is' })).toBe('as it is')
  vi.unstubAllGlobals()
})
