import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useModelStore } from '../../src/renderer/stores/model'
import { usePaintingStore } from '../../src/renderer/stores/painting'
import { useRememberedStore } from '../../src/renderer/stores/remembered'
import { useRunsStore } from '../../src/renderer/stores/runs'
import { useSessionStore } from '../../src/renderer/stores/session'
import { useWindowStore } from '../../src/renderer/stores/window'
import { NEW_SESSION, type FileSource, type Session } from '../../src/shared/session'

const file = (path: string): FileSource => ({ kind: 'file', path, preparation: null })

let answer: (session: Session) => void = () => undefined

beforeEach(() => {
  const request = (channel: string): Promise<unknown> =>
    new Promise((resolve) => {
      if (channel === 'session.get') answer = (value) => resolve({ ok: true, value })
    })
  vi.stubGlobal('window', { studio: { request } })
  setActivePinia(createPinia())
})

afterEach(() => vi.unstubAllGlobals())

/** What was being done the last time. */
function lastTime(): Session {
  return {
    ...NEW_SESSION,
    view: 'train',
    draft: { ...useModelStore().draft, name: 'Before' },
    painting: { ...NEW_SESSION.painting, brush: 'paper' },
    recent: [file('/a.csv'), file('/b.csv')],
  }
}

it('what was being done is gone on with', async () => {
  const begun = useSessionStore().begin()
  answer(lastTime())
  await begun
  expect([useWindowStore().view, useModelStore().draft.name, usePaintingStore().brush]).toEqual([
    'train',
    'Before',
    'paper',
  ])
  expect(useRememberedStore().recent.map(({ path }) => path)).toEqual(['/a.csv', '/b.csv'])
})

it('what a person has begun before that is known stays', async () => {
  const before = lastTime()
  const begun = useSessionStore().begin()
  useWindowStore().go('data')
  useModelStore().draft.hidden = ['77']
  usePaintingStore().brush = 'unknown'
  useRememberedStore().opened(file('/b.csv'))
  answer(before)
  await begun
  useRunsStore().pickedId = 'mine'
  useSessionStore().goOn()
  expect([useWindowStore().view, useModelStore().draft.hidden, usePaintingStore().brush]).toEqual([
    'data',
    ['77'],
    'unknown',
  ])
  expect(useRememberedStore().recent.map(({ path }) => path)).toEqual(['/b.csv', '/a.csv'])
  expect(useRunsStore().pickedId).toBe('mine')
})
