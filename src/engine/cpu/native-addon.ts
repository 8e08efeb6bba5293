/** The functions of the native addon (native/addon.cpp). Matrices and connectivities are flat arrays, as documented there. */
export interface NativeAddon {
  /** The instruction sets that this processor has, the best first. */
  builds(): NativeBuild[]
  open(build: NativeBuild, threads: number, shape: Int32Array, rates: Float64Array): NativeHandle
  close(handle: NativeHandle): void
  /** How many threads take part from now on. */
  use(handle: NativeHandle, threads: number): void
  write(handle: NativeHandle, layer: number, part: number, slot: number, values: Float32Array): void
  read(handle: NativeHandle, layer: number, part: number, slot: number, values: Float32Array): void
  setRows(handle: NativeHandle, words: Uint32Array, rows: number, wordsPerRow: number): void
  /** Lays the weights out so that what the masks of this connectivity keep is contiguous. */
  settle(handle: NativeHandle, connectivity: Int32Array): void
  train(
    handle: NativeHandle,
    rows: Uint32Array,
    lengths: Uint32Array,
    connectivities: Int32Array,
    chosen: Uint32Array,
    t: number,
  ): Promise<Float64Array>
  /** Log-likelihoods `[connectivity][row]`, or the logits `[row][input]` of the first connectivity. */
  score(
    handle: NativeHandle,
    words: Uint32Array,
    rows: number,
    wordsPerRow: number,
    connectivities: Int32Array,
    wantsLogits: 0 | 1,
  ): Promise<Float64Array | Float32Array>
  draw(
    handle: NativeHandle,
    rows: number,
    wordsPerRow: number,
    connectivity: Int32Array,
    uniforms: Float32Array,
    given: Uint32Array | null,
    known: Uint32Array | null,
  ): Promise<{ bits: Uint32Array; probabilities: Float32Array }>
}

/** An instruction set that the kernels were compiled for. */
export type NativeBuild = 'avx512' | 'avx2' | 'baseline'

declare const handleBrand: unique symbol
/** A model inside the addon. */
export interface NativeHandle {
  readonly [handleBrand]: true
}
