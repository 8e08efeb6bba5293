import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { BrowserWindow } from 'electron'
import { fitZoom, zoomFor } from '../../src/main/window-zoom'

it('what is shown in a larger window is never smaller, and has more room', () => {
  for (let width = 1024; width <= 4000; width++) {
    expect(zoomFor(width)).toBeGreaterThanOrEqual(zoomFor(width - 1))
    const room = width / zoomFor(width)
    expect(room).toBeGreaterThan(1400 * (width >= 1640 ? 1 : 0))
  }
  expect([1024, 1280, 1639].map(zoomFor)).toEqual([1, 1, 1])
  expect(zoomFor(1920)).toBe(1.25)
})

function windowOf(
  width: number,
  factor: number,
): {
  readonly factor: () => number
  readonly choose: (to: number) => void
  readonly resize: (to: number) => void
} {
  const contents = Object.assign(new EventEmitter(), {
    getZoomFactor: () => factor,
    setZoomFactor: (wanted: number) => void (factor = wanted),
  })
  const window = Object.assign(new EventEmitter(), { webContents: contents, getContentBounds: () => ({ width }) })
  fitZoom(window as unknown as BrowserWindow)
  contents.emit('did-finish-load')
  return {
    factor: () => factor,
    choose: (to) => (factor = to),
    resize: (to) => {
      width = to
      window.emit('resize')
    },
  }
}

it('a size that a person chose stays', () => {
  const window = windowOf(1280, 1)
  expect(window.factor()).toBe(1)
  window.resize(1920)
  expect(window.factor()).toBe(1.25)
  window.choose(2)
  window.resize(1280)
  expect(window.factor()).toBe(2)
  window.choose(1.25)
  window.resize(1024)
  expect(window.factor()).toBe(1)
})

it('the size of the start before is only theirs if they chose it', () => {
  const fitted = windowOf(1920, 1.25)
  expect(fitted.factor()).toBe(1.25)
  fitted.resize(1280)
  expect(fitted.factor()).toBe(1)
  expect(windowOf(1280, 1.25).factor()).toBe(1)
  const chosen = windowOf(1280, 1.2)
  chosen.resize(1920)
  expect(chosen.factor()).toBe(1.2)
})
