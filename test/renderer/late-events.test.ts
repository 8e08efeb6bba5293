import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { useAskingStore } from '../../src/renderer/stores/asking'
import { useRunStore } from '../../src/renderer/stores/run'
import { useRunsStore } from '../../src/renderer/stores/runs'
import { useSettingsStore } from '../../src/renderer/stores/settings'
import { useWindowStore } from '../../src/renderer/stores/window'
import type { AskedAnswer } from '../../src/shared/questions'
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

it('what was asked of one model is not answered for another, and what comes after an answer was known before it', async () => {
  const columns = 784
  const pending: { readonly channel: string; readonly answer: (value: unknown) => void }[] = []
  const request = (channel: string): Promise<unknown> =>
    new Promise((resolve) => pending.push({ channel, answer: (value) => resolve({ ok: true, value }) }))
  vi.stubGlobal('window', { studio: { request } })
  setActivePinia(createPinia())
  const asked = async (channel: string): Promise<(value: unknown) => void> => {
    await vi.waitFor(() => expect(pending.at(-1)?.channel).toBe(channel))
    return pending.splice(0).at(-1)?.answer ?? (() => undefined)
  }
  const subject = { columns, picture: null, named: null, label: null, isOrderAgnostic: false }
  const answerOf = (logChances: Float64Array | null): AskedAnswer => ({
    evidence: { logProbability: 0, relativeError: 0, method: 'exact', effectiveSampleSize: 1, isContradictory: false },
    marginals: new Float64Array(columns),
    standardErrors: new Float64Array(columns),
    draws: new Uint8Array(columns),
    logChances,
  })
  useRunsStore().list = [summaryOf('a'), summaryOf('b')]
  const store = useAskingStore()
  store.wantedRunId = 'a'
  store.isShown = true
  ;(await asked('ask.subject'))(subject)
  const late = await asked('ask.answer')
  store.wantedRunId = 'b'
  // At once: nothing is drawn in between.
  expect(store.subject).toBeNull()
  late(answerOf(null))
  ;(await asked('ask.subject'))(subject)
  expect(store.answer).toBeNull()
  const answer = await asked('ask.answer')
  answer(answerOf(Float64Array.of(0)))
  await vi.waitFor(() => expect(store.answer).not.toBeNull())
  for (let question = 0; question < 9; question++) store.hear({ question, answer: answerOf(null) })
  expect(store.answer?.logChances).not.toBeNull()
})
