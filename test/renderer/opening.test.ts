import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useDataStore } from '../../src/renderer/stores/data'
import type { DataSummary } from '../../src/shared/contract'
import { MNIST_OFFERED, type DataSource } from '../../src/shared/data-source'

const PERSONS: DataSource = { kind: 'file', path: '/home/a/own.csv', preparation: null }
const LAST: DataSource = { kind: 'file', path: '/home/a/last.csv', preparation: null }
const LOST = { ok: false, failure: { code: 'process-lost', message: null, hint: null } }

/** A request that waits for its answer. */
interface Waiting {
  readonly channel: string
  readonly source: DataSource | null
  readonly answer: (reply: unknown) => void
}

let waiting: Waiting[] = []

beforeEach(() => {
  waiting = []
  const request = (channel: string, params?: { source?: DataSource }): Promise<unknown> =>
    new Promise((answer) => waiting.push({ channel, source: params?.source ?? null, answer }))
  vi.stubGlobal('window', { studio: { request } })
  setActivePinia(createPinia())
})

afterEach(() => vi.unstubAllGlobals())

/** Lets what waits for nothing but its turn go on. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/** Answers the oldest request of a channel. */
async function answer(channel: string, reply: unknown): Promise<void> {
  const at = waiting.findIndex((one) => one.channel === channel)
  expect(at, `${channel} was asked for`).toBeGreaterThanOrEqual(0)
  const [{ answer: settle }] = waiting.splice(at, 1)
  settle(reply)
  await turn()
}

const opened = (source: DataSource): unknown => ({
  ok: true,
  value: {
    source,
    name: 'x',
    labels: null,
    hasGrey: false,
    shownColumns: null,
    hash: '',
  } satisfies Partial<DataSummary>,
})
/** What is asked to be opened, and not answered yet. */
const asked = (): (DataSource | null)[] =>
  waiting.filter(({ channel }) => channel === 'data.open').map(({ source }) => source)

describe('what the window opens by itself', () => {
  it('at the start is what was open the last time, or the digits', async () => {
    const data = useDataStore()
    void data.begin(LAST)
    await answer('data.current', { ok: true, value: null })
    expect(asked()).toEqual([LAST])
    await answer('data.open', { ok: false, failure: { code: 'cancelled', message: null, hint: null } })
    expect(asked()).toEqual([MNIST_OFFERED])
  })

  it.each(['before it begins', 'while it looks', 'while it opens'])(
    'never takes the place of what a person opens %s',
    async (when) => {
      const data = useDataStore()
      if (when === 'before it begins') void data.openFile(PERSONS.path)
      void data.begin(LAST)
      await turn()
      if (when === 'while it looks') void data.openFile(PERSONS.path)
      if (when !== 'before it begins') await answer('data.current', { ok: true, value: null })
      if (when === 'while it opens') {
        void data.openFile(PERSONS.path)
        await answer('data.open', { ok: false, failure: { code: 'cancelled', message: null, hint: null } })
      }
      expect(asked()).toEqual([PERSONS])
      await answer('data.open', opened(PERSONS))
      expect(data.summary?.source).toEqual(PERSONS)
      expect(asked()).toEqual([])
    },
  )

  it('after the process was lost is what was open, unless a person opens something', async () => {
    const data = useDataStore()
    void data.openFile(LAST.path)
    await answer('data.open', opened(LAST))
    void data.openAgain()
    await turn()
    expect(asked()).toEqual([LAST])
    await answer('data.open', opened(LAST))

    // Lost while a person opens something else: that is told, and what was open is opened again.
    void data.openFile(PERSONS.path)
    void data.openAgain()
    await turn()
    expect(asked()).toEqual([PERSONS])
    await answer('data.open', LOST)
    expect(asked()).toEqual([LAST])
    await answer('data.open', opened(LAST))

    // The person was quicker.
    void data.openFile(PERSONS.path)
    void data.openAgain()
    await answer('data.open', opened(PERSONS))
    expect([asked(), data.summary?.source]).toEqual([[], PERSONS])
  })
})
