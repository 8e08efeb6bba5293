import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { useRunStore } from '../../src/renderer/stores/run'
import { useRunsStore } from '../../src/renderer/stores/runs'
import { useSettingsStore } from '../../src/renderer/stores/settings'
import { useWindowStore } from '../../src/renderer/stores/window'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'
import { summaryOf } from './run-summary'

afterEach(() => vi.unstubAllGlobals())

it('a folder of runs that was chosen is not on its way any more, whatever word of it comes late', async () => {
  let answer: (reply: unknown) => void = () => undefined
  const request = (): Promise<unknown> => new Promise((resolve) => (answer = resolve))
  vi.stubGlobal('window', { studio: { request } })
  setActivePinia(createPinia())
  const store = useSettingsStore()
  const progress = { kind: 'move', done: 1, of: 2 } as const
  const chosen = store.chooseRunsFolder()
  store.hear(progress)
  expect(store.transfer).toEqual(progress)
  answer({ ok: true, value: null })
  await chosen
  store.hear({ ...progress, done: 2 })
  expect(store.transfer).toBeNull()
})

it('a filling in that is done is not under way any more, whatever word of it comes late', async () => {
  let answer: (reply: unknown) => void = () => undefined
  const request = (): Promise<unknown> => new Promise((resolve) => (answer = resolve))
  vi.stubGlobal('window', { studio: { request } })
  setActivePinia(createPinia())
  const store = useRunsStore()
  const filled = store.fill(summaryOf('a'), { seed: 1, way: 'draw', times: null })
  store.hear({ runId: 'a', step: 'drawing', share: 0.5 })
  expect(store.filling?.progress.share).toBe(0.5)
  answer({ ok: true, value: null })
  await filled
  store.hear({ runId: 'a', step: 'drawing', share: 1 })
  expect(store.filling).toBeNull()
})

it.each([
  ['model', 'train'],
  ['runs', 'runs'],
] as const)('who begins a run and is in %s when it has begun sees %s', async (now, then) => {
  let answer: (reply: unknown) => void = () => undefined
  const request = (): Promise<unknown> => new Promise((resolve) => (answer = resolve))
  vi.stubGlobal('window', { studio: { request } })
  setActivePinia(createPinia())
  const screen = useWindowStore()
  screen.go('model')
  const started = useRunStore().start('a', DEFAULT_RUN_CONFIG)
  screen.go(now)
  answer({ ok: true, value: undefined })
  await started
  expect(screen.view).toBe(then)
})
