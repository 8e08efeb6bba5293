import type { AnimationKind } from '../../../shared/samples'
import { StudioError } from '../../../base/failure'
import { say } from '../../../words/say'
import { variablesIn } from '../../logic/birth'
import { birthShape, paintBirth, type BirthColours, type BirthMoment } from '../../logic/paint-birth'
import type { Palette } from '../../logic/raster'

/** Of the longest side of the animation, in pixels, about. */
const SIDE = 280
const FRAMES = { drawing: 90, milliseconds: 40, atTheEnd: 1600 } as const
const CODEC = 'vp9'

/** A picture of the animation, and how long it is seen. */
interface Frame {
  readonly step: number
  readonly milliseconds: number
}

/** Everything of a birth but the moment, and how it is painted. */
export interface FilmedBirth extends Omit<BirthMoment, 'step'> {
  readonly palette: Palette
  readonly colours: BirthColours
}

/**
 * A birth as an animation that goes round and round, or as a video.
 * @throws StudioError 'invalid-request' where this computer cannot encode it
 */
export async function birthFile(kind: AnimationKind, filmed: FilmedBirth): Promise<Uint8Array> {
  const { width, height } = birthShape(filmed.birth)
  // Videos have sides of even length.
  const cell = 2 * Math.max(1, Math.round(SIDE / Math.max(width, height) / 2))
  const canvas = document.createElement('canvas')
  canvas.width = width * cell
  canvas.height = height * cell
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  const paint = (step: number): void => paintBirth(context, cell, { ...filmed, step }, filmed.palette, filmed.colours)
  const frames = framesOf(variablesIn(filmed.birth))
  try {
    return await (kind === 'gif' ? gifOf(context, frames, paint) : webmOf(canvas, frames, paint))
  } catch (error) {
    throw new StudioError('invalid-request', say('samples.keep.impossible'), say('samples.keep.impossible.hint'), {
      cause: error,
    })
  }
}

/** Evenly from nothing to all, where it stays for a while. */
export function framesOf(variables: number): Frame[] {
  const count = Math.min(FRAMES.drawing, variables)
  return Array.from({ length: count + 1 }, (_, i) => ({
    step: Math.round((i * variables) / count),
    milliseconds: i === count ? FRAMES.atTheEnd : FRAMES.milliseconds,
  }))
}

async function gifOf(
  context: CanvasRenderingContext2D,
  frames: readonly Frame[],
  paint: (step: number) => void,
): Promise<Uint8Array> {
  const { encode } = await import('modern-gif')
  const { width, height } = context.canvas
  const painted = frames.map(({ step, milliseconds }) => {
    paint(step)
    return { data: context.getImageData(0, 0, width, height).data, delay: milliseconds }
  })
  return new Uint8Array(await encode({ width, height, frames: painted, looped: true, loopCount: 0 }))
}

async function webmOf(
  canvas: HTMLCanvasElement,
  frames: readonly Frame[],
  paint: (step: number) => void,
): Promise<Uint8Array> {
  const { BufferTarget, CanvasSource, Output, Quality, WebMOutputFormat } = await import('mediabunny')
  const target = new BufferTarget()
  const output = new Output({ format: new WebMOutputFormat(), target })
  const source = new CanvasSource(canvas, { codec: CODEC, quality: new Quality('high') })
  output.addVideoTrack(source)
  await output.start()
  let seconds = 0
  for (const { step, milliseconds } of frames) {
    paint(step)
    await source.add(seconds, milliseconds / 1000)
    seconds += milliseconds / 1000
  }
  await output.finalize()
  if (target.buffer === null) throw new Error('no video')
  return new Uint8Array(target.buffer)
}
