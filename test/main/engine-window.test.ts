import type { MessagePortMain } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EnginePage } from '../../src/main/engine-page'
import { EngineWindow, MOST_LOADING_MS } from '../../src/main/engine-window'

/** A page that does as it is told, and what became of it. */
interface Played {
  readonly finish: () => void
  readonly fail: (why: string) => void
  readonly die: () => void
  readonly port: MessagePortMain
  endings: number
}

/** The pages that a window has made, in order. */
function play(): { readonly window: EngineWindow; readonly pages: Played[] } {
  const pages: Played[] = []
  const makePage = (gone: () => void): EnginePage => {
    let finish: () => void = () => undefined
    let fail: (why: string) => void = () => undefined
    const loading = new Promise<void>((resolve, reject) => {
      finish = resolve
      fail = (why) => reject(new Error(why))
    })
    const played: Played = { finish, fail, die: gone, port: {} as MessagePortMain, endings: 0 }
    pages.push(played)
    const end = (): void => {
      played.endings++
      // As Electron does when a window is destroyed.
      fail('it was destroyed')
      gone()
    }
    return { load: () => loading, connect: () => played.port, end }
  }
  return { window: new EngineWindow(makePage), pages }
}

const NOT_LOADED = {
  code: 'engine-unavailable',
  message: expect.stringContaining('could not be started: it did not load.'),
  hint: expect.stringContaining('cpu engine'),
}

describe('the hidden window', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is made once, however many ask while it loads', async () => {
    const { window, pages } = play()
    const asked = [window.connect(), window.connect()]
    expect(pages).toHaveLength(1)
    pages[0].finish()
    expect(await Promise.all(asked)).toEqual([pages[0].port, pages[0].port])
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(await window.connect()).toBe(pages[0].port)
    expect([pages.length, pages[0].endings]).toEqual([1, 0])
  })

  it('that hangs while it loads is ended, and everyone who waits is told in words', async () => {
    const { window, pages } = play()
    const refused = [window.connect(), window.connect()].map((asked) => expect(asked).rejects.toMatchObject(NOT_LOADED))
    await vi.advanceTimersByTimeAsync(MOST_LOADING_MS - 1)
    expect(pages[0].endings).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    await Promise.all(refused)
    expect(pages[0].endings).toBe(1)
    // The next one is another, and as good.
    const again = window.connect()
    pages[1].finish()
    expect(await again).toBe(pages[1].port)
  })

  it('that cannot be loaded is ended at once', async () => {
    const { window, pages } = play()
    const refused = expect(window.connect()).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('ERR_FAILED'),
    })
    pages[0].fail('ERR_FAILED')
    await refused
    expect(pages[0].endings).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('whose process dies while it loads is made again, and a late sign of the first does not end the second', async () => {
    const { window, pages } = play()
    const refused = expect(window.connect()).rejects.toMatchObject({ code: 'engine-unavailable' })
    pages[0].die()
    await refused
    const again = window.connect()
    pages[0].die()
    pages[1].finish()
    expect(await again).toBe(pages[1].port)
    expect(pages.map(({ endings }) => endings)).toEqual([1, 0])
  })

  it('is not made a fourth time within a minute, however it was lost; later it is', async () => {
    const { window, pages } = play()
    const losses = [
      (page: Played) => page.fail('no'),
      (page: Played) => page.die(),
      (page: Played) => {
        page.finish()
        window.endSilent()
      },
    ]
    for (const lose of losses) {
      const asked = window.connect().catch(() => undefined)
      lose(pages[pages.length - 1])
      await asked
    }
    await expect(window.connect()).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('several times within a minute'),
    })
    expect(pages.map(({ endings }) => endings)).toEqual([1, 1, 1])
    await vi.advanceTimersByTimeAsync(60_000)
    void window.connect()
    expect(pages).toHaveLength(4)
    pages[3].finish()
  })

  it('that is closed on purpose is no loss', async () => {
    const { window, pages } = play()
    for (let i = 0; i < 5; i++) {
      const asked = window.connect()
      pages[i].finish()
      expect(await asked).toBe(pages[i].port)
      window.close()
    }
    expect(pages.map(({ endings }) => endings)).toEqual([1, 1, 1, 1, 1])
  })
})
