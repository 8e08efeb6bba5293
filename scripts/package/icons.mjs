import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../setup/project.mjs'

/** Pixels of each side; the first ones are in the icon of Windows. */
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256]
const SIZES = [...WINDOWS_SIZES, 512, 1024]

/**
 * Draws resources/icon.svg in every size that a system asks for: a PNG each, and icon.ico for Windows.
 * @param {string} folder
 */
export async function writeIcons(folder) {
  const { createCanvas, loadImage } = await import('@napi-rs/canvas')
  mkdirSync(folder, { recursive: true })
  const drawing = await loadImage(readFileSync(inProject('resources', 'icon.svg')))
  const pictures = new Map()
  for (const size of SIZES) {
    const canvas = createCanvas(size, size)
    canvas.getContext('2d').drawImage(drawing, 0, 0, size, size)
    const png = await canvas.encode('png')
    pictures.set(size, png)
    writeFileSync(join(folder, `${size}x${size}.png`), png)
  }
  writeFileSync(join(folder, 'icon.ico'), iconFile(WINDOWS_SIZES.map((size) => ({ size, png: pictures.get(size) }))))
}

/**
 * An .ico file of PNG pictures, as every Windows since Vista reads it.
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
function iconFile(pictures) {
  const ENTRY = 16
  const head = Buffer.alloc(6 + ENTRY * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(({ size, png }, i) => {
    const at = 6 + ENTRY * i
    // 0 stands for 256.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}
