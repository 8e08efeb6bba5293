import { createPinia, setActivePinia } from 'pinia'
import { nextTick } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useDataStore } from '../../src/renderer/stores/data'
import { useHistoryStore } from '../../src/renderer/stores/history'
import { useModelStore } from '../../src/renderer/stores/model'
import { useWindowStore } from '../../src/renderer/stores/window'
import { MNIST_THRESHOLD, syntheticSource, type DataSource } from '../../src/shared/data-source'
import type { DataSummary } from '../../src/shared/contract'
import { dataSummaryOf } from './data-summary'
import { summaryOf } from './run-summary'

const BARS = syntheticSource('bars-and-stripes')
const RANDOM: DataSource = { kind: 'mnist', binarization: { kind: 'random', seed: 1 } }

/** Opens whatever is asked for, but for what is not there. */
let gone: DataSource | null
let opened: DataSource[]

function answer(channel: string, params: unknown): unknown {
  if (channel !== 'data.open') return { ok: true, value: null }
  const { source } = params as { source: DataSource }
  opened.push(source)
  if (JSON.stringify(source) === JSON.stringify(gone))
    return { ok: false, failure: { code: 'not-found', message: 'It is gone.', hint: 'Look for it.' } }
  return { ok: true, value: summaryFor(source) }
}

function summaryFor(source: DataSource): DataSummary {
  return { ...dataSummaryOf(), source, name: source.kind, hash: JSON.stringify(source) }
}

beforeEach(() => {
  vi.useFakeTimers()
  gone = null
  opened = []
  vi.stubGlobal('window', { studio: { request: (...asked: [string, unknown]) => Promise.resolve(answer(...asked)) } })
  setActivePinia(createPinia())
  useDataStore().summary = summaryFor(MNIST_THRESHOLD)
  useModelStore()
  useHistoryStore().begin()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Lets everything happen that follows, such as the opening of data. */
async function settle(): Promise<void> {
  await nextTick()
  await vi.advanceTimersByTimeAsync(2000)
  await nextTick()
}

function told(): string | undefined {
  return useWindowStore().toasts.at(-1)?.message.english
}

describe('undo and redo', () => {
  it('begin with nothing to do', () => {
    const history = useHistoryStore()
    expect([history.canUndo, history.canRedo]).toEqual([false, false])
    history.undo()
    history.redo()
    expect(useWindowStore().toasts).toEqual([])
  })

  it('take back a setting of the model, say so, and show the view that it is in', async () => {
    const [model, history, screen] = [useModelStore(), useHistoryStore(), useWindowStore()]
    const before = model.draft.numbers.l2
    model.draft.numbers.l2 = '0.5'
    await settle()
    screen.go('learn')
    history.undo()
    expect(model.draft.numbers.l2).toBe(before)
    expect([screen.view, told()]).toEqual(['model', '“Keep weights small” is as it was before.'])
    expect(history.shown).toEqual({ place: 'numbers.l2' })
    history.redo()
    expect(model.draft.numbers.l2).toBe('0.5')
    expect(told()).toBe('“Keep weights small” is changed again.')
    await settle()
    expect([history.canUndo, history.canRedo]).toEqual([true, false])
  })

  it('take back a preset, and all that came with it, at once', async () => {
    const [model, history] = [useModelStore(), useHistoryStore()]
    await settle()
    const before = structuredClone(JSON.parse(JSON.stringify(model.draft))) as unknown
    model.applyPreset('paper-two')
    await settle()
    expect(model.draft).not.toEqual(before)
    history.undo()
    await settle()
    expect(model.draft).toEqual(before)
    expect([model.begunWith, told()]).toEqual(['quick', 'Several settings are as they were before.'])
    expect(history.canUndo).toBe(false)
  })

  it('take back the settings of another run, and what was said of its data', async () => {
    const [model, history] = [useModelStore(), useHistoryStore()]
    model.use(summaryOf('other', { dataHash: 'of others' }))
    await settle()
    expect(model.madeForOther).not.toBeNull()
    history.undo()
    await settle()
    expect(model.madeForOther).toBeNull()
  })

  it('leave alone that a run takes the next free name', async () => {
    const [model, history] = [useModelStore(), useHistoryStore()]
    model.draft.name = 'Quick look 2'
    await settle()
    expect(history.canUndo).toBe(false)
    model.draft.name = 'Mine'
    model.isNameOwn = true
    await settle()
    model.isNameOwn = false
    await settle()
    history.undo()
    expect(told()).toBe('“Name of the run” is as it was before.')
    expect(history.canUndo).toBe(false)
  })

  it('take back how data are prepared', async () => {
    const [data, history, screen] = [useDataStore(), useHistoryStore(), useWindowStore()]
    data.change(RANDOM)
    await settle()
    expect(data.summary?.source).toEqual(RANDOM)
    screen.go('runs')
    history.undo()
    expect(data.shownSource).toEqual(MNIST_THRESHOLD)
    await settle()
    expect(data.summary?.source).toEqual(MNIST_THRESHOLD)
    expect([screen.view, told()]).toEqual(['data', 'The data are as they were before.'])
    history.redo()
    await settle()
    expect(data.summary?.source).toEqual(RANDOM)
    expect([history.canUndo, history.canRedo]).toEqual([true, false])
  })

  it('open again what was open before, in the order in which it was', async () => {
    const [data, model, history] = [useDataStore(), useModelStore(), useHistoryStore()]
    await data.openSynthetic('bars-and-stripes')
    await settle()
    model.draft.numbers.epochs = '7'
    await settle()
    history.undo()
    history.undo()
    await settle()
    expect(data.summary?.source).toEqual(MNIST_THRESHOLD)
    expect(model.draft.numbers.epochs).not.toBe('7')
    history.redo()
    await settle()
    expect(data.summary?.source).toEqual(BARS)
    history.redo()
    expect(model.draft.numbers.epochs).toBe('7')
  })

  it('take back what was asked for a moment ago, before it is there', async () => {
    const [data, history] = [useDataStore(), useHistoryStore()]
    data.change(RANDOM)
    history.undo()
    await settle()
    expect(data.summary?.source).toEqual(MNIST_THRESHOLD)
    expect(opened).toEqual([])
    history.redo()
    await settle()
    expect(data.summary?.source).toEqual(RANDOM)
  })

  it('pressed quickly open only what is wanted in the end', async () => {
    const [data, history] = [useDataStore(), useHistoryStore()]
    for (const threshold of [10, 20, 30]) {
      data.change({ kind: 'mnist', binarization: { kind: 'threshold', threshold } })
      await settle()
    }
    opened = []
    history.undo()
    history.undo()
    history.undo()
    await settle()
    expect(opened).toEqual([MNIST_THRESHOLD])
    expect([history.canUndo, history.canRedo]).toEqual([false, true])
    history.redo()
    await settle()
    expect(data.binarization).toEqual({ kind: 'threshold', threshold: 10 })
  })

  it('stay with what is open where the data of before are gone, and go on from there', async () => {
    const [data, history] = [useDataStore(), useHistoryStore()]
    await data.openSynthetic('bars-and-stripes')
    await settle()
    gone = MNIST_THRESHOLD
    history.undo()
    await settle()
    expect(data.summary?.source).toEqual(BARS)
    expect(useWindowStore().problems.has('data')).toBe(true)
    expect(history.canUndo).toBe(false)
    history.redo()
    await settle()
    expect(data.summary?.source).toEqual(BARS)
  })
})
