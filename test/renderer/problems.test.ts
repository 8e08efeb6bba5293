import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useWindowStore } from '../../src/renderer/stores/window'
import { verbatim } from '../../src/words/say'

const FAILURE = { code: 'not-found', message: verbatim('It is not there.'), hint: verbatim('Look elsewhere.') } as const

beforeEach(() => setActivePinia(createPinia()))

it('a try that works takes away what failed before it, not what failed meanwhile', async () => {
  const screen = useWindowStore()
  screen.fail('frame', FAILURE)
  expect(await screen.guard('frame', () => Promise.resolve())).toBe(true)
  expect(screen.problems.get('frame')).toBeUndefined()
  await screen.guard('frame', async () => {
    await Promise.resolve()
    screen.fail('frame', FAILURE)
  })
  expect(screen.problems.get('frame')?.failure).toEqual(FAILURE)
})

it('a try that fails says so at its place, and leaves what failed elsewhere', async () => {
  const screen = useWindowStore()
  screen.fail('frame', FAILURE)
  expect(await screen.guard('train', () => Promise.reject(new Error('no')))).toBe(false)
  expect([...screen.problems.keys()]).toEqual(['frame', 'train'])
})

it('what the window does by itself takes away its own failures, never those of what a person tried', async () => {
  const screen = useWindowStore()
  const fails = (): Promise<never> => Promise.reject(new Error('no'))
  const works = (): Promise<void> => Promise.resolve()
  await screen.guard('runs', fails)
  await screen.attend('runs', works)
  expect([...screen.problems.keys()]).toEqual(['runs'])
  await screen.guard('runs', works)
  expect(screen.problems.size).toBe(0)
  await screen.attend('runs', fails)
  expect([...screen.problems.keys()]).toEqual(['runs'])
  await screen.attend('runs', works)
  expect(screen.problems.size).toBe(0)
  await screen.attend('runs', fails)
  await screen.guard('runs', works)
  expect(screen.problems.size).toBe(0)
})
