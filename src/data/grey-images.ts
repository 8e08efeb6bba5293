/** Grey pictures of one size: `pixels` is `[rows, height, width]`, row-major, 0 (paper) to 255 (full ink). */
export interface GreyImages {
  readonly rows: number
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}

/** Pictures start..end−1; the memory is shared. */
export function sliceImages(images: GreyImages, start: number, end: number): GreyImages {
  const { width, height } = images
  const size = width * height
  return { rows: end - start, width, height, pixels: images.pixels.subarray(start * size, end * size) }
}
