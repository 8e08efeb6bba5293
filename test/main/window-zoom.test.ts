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

it('a size that a person chose stays', () => {
  let width = 1280
  let factor = 1
  const contents = Object.assign(new EventEmitter(), {
    getZoomFactor: () => factor,
    setZoomFactor: (wanted: number) => void (factor = wanted),
  })
  const window = Object.assign(new EventEmitter(), { webContents: contents, getContentBounds: () => ({ width }) })
  fitZoom(window as unknown as BrowserWindow)
  contents.emit('did-finish-load')
  expect(factor).toBe(1)
  const resize = (to: number): void => {
    width = to
    window.emit('resize')
  }
  resize(1920)
  expect(factor).toBe(1.25)
  factor = 2
  resize(1280)
  expect(factor).toBe(2)
  factor = 1.25
  resize(1024)
  expect(factor).toBe(1)
})
