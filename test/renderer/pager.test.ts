import { describe, expect, it } from 'vitest'
import { Pager } from '../../src/renderer/logic/pager'

/** A source of pages whose answers come when the test says so. */
function source(atOnce = 1): {
  asked: number[]
  answer: (page: number, error?: Error) => Promise<void>
  pager: Pager<string>
  failures: unknown[]
} {
  const waiting = new Map<number, { resolve: (text: string) => void; reject: (error: Error) => void }>()
  const asked: number[] = []
  const failures: unknown[] = []
  const pager = new Pager<string>(
    (page) => {
      asked.push(page)
      return new Promise((resolve, reject) => waiting.set(page, { resolve, reject }))
    },
    2,
    () => undefined,
    (thrown) => failures.push(thrown),
    atOnce,
  )
  const answer = async (page: number, error?: Error): Promise<void> => {
    const one = waiting.get(page)
    if (error) one?.reject(error)
    else one?.resolve(`page ${page}`)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { asked, answer, pager, failures }
}

describe('Pager', () => {
  it('loads the page that was asked for last first', async () => {
    const { asked, answer, pager } = source()
    for (const page of [0, 1, 2]) expect(pager.get(page)).toBeUndefined()
    await answer(0)
    expect(asked).toEqual([0, 2])
    expect(pager.get(0)).toBe('page 0')
  })

  it('keeps no more than its bound', async () => {
    const { answer, pager } = source()
    for (const page of [0, 1, 2]) {
      pager.get(page)
      await answer(page)
    }
    expect(pager.get(1)).toBe('page 1')
    expect(pager.get(0)).toBeUndefined()
  })

  it('shows a page as it was until the new one has come', async () => {
    const { asked, answer, pager } = source()
    pager.get(0)
    await answer(0)
    pager.refresh()
    expect(pager.get(0)).toBe('page 0')
    expect(pager.get(0)).toBe('page 0')
    expect(asked).toEqual([0, 0])
    await answer(0)
    expect(pager.get(0)).toBe('page 0')
    expect(asked).toEqual([0, 0])
  })

  it('drops answers that come after what they are of has changed, and asks again', async () => {
    const { asked, answer, pager } = source()
    pager.get(0)
    pager.refresh()
    await answer(0)
    expect(pager.get(0)).toBeUndefined()
    expect(asked).toEqual([0, 0])
    pager.refresh()
    await answer(0, new Error('of the old one'))
    expect(asked).toEqual([0, 0])
    pager.get(0)
    await answer(0)
    expect(pager.get(0)).toBe('page 0')
  })

  it('keeps what it shows where the new page cannot be loaded, and asks no more', async () => {
    const { asked, answer, pager, failures } = source()
    pager.get(0)
    await answer(0)
    pager.refresh()
    pager.get(0)
    await answer(0, new Error('the disk is gone'))
    expect(pager.get(0)).toBe('page 0')
    expect([asked, failures.length]).toEqual([[0, 0], 1])
  })

  it('drops answers that come after a reset', async () => {
    const { asked, answer, pager } = source()
    pager.get(0)
    pager.reset()
    await answer(0)
    expect(pager.get(0)).toBeUndefined()
    expect(asked).toEqual([0, 0])
  })

  it('reports the first failure and does not ask again until a reset', async () => {
    const { asked, answer, pager, failures } = source(2)
    pager.get(0)
    pager.get(1)
    await answer(0, new Error('gone'))
    await answer(1, new Error('gone'))
    expect(failures).toHaveLength(1)
    pager.get(0)
    expect(asked).toEqual([0, 1])
    pager.reset()
    pager.get(0)
    expect(asked).toEqual([0, 1, 0])
  })
})
