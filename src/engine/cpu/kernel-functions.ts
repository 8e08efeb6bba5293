/** What bounds the kernels, as their numbers (native/made.h): arithmetic, memory, barriers between threads. */
export const LIMITS = { arithmetic: 0, memory: 1, barrier: 2 } as const

/** What the kernels draw, row by row; only particles have weights and origins. */
export interface KernelDrawn {
  readonly bits: Uint32Array
  readonly probabilities: Float32Array
  readonly logWeights?: Float64Array
  readonly origins?: Int32Array
}

/**
 * The functions of the kernels, native (native/addon/addon.cpp) or WebAssembly. Matrices and connectivities are flat arrays, as
 * documented there; what is handed over is copied. Calls of one model come one at a time.
 */
export interface KernelFunctions<Handle, Build> {
  /** What this processor and this runtime can run, the best first. */
  builds(): Build[]
  /** @param columns of each variable; null where all are binary */
  open(build: Build, threads: number, shape: Int32Array, rates: Float64Array, columns: Int32Array | null): Handle
  close(handle: Handle): void
  /** How many threads take part from now on. */
  use(handle: Handle, threads: number): void
  write(handle: Handle, layer: number, part: number, slot: number, values: Float32Array): void
  read(handle: Handle, layer: number, part: number, slot: number, values: Float32Array): void
  setRows(handle: Handle, words: Uint32Array, rows: number, wordsPerRow: number): void
  /** Lays the weights out so that what the masks of this connectivity keep is contiguous. */
  settle(handle: Handle, connectivity: Int32Array): void
  train(
    handle: Handle,
    rows: Uint32Array,
    lengths: Uint32Array,
    connectivities: Int32Array,
    chosen: Uint32Array,
    factors: Float64Array,
    t: number,
  ): Promise<Float64Array>
  /** Log-likelihoods `[connectivity][row]`, or the logits `[row][input]` of the first connectivity. */
  score(
    handle: Handle,
    words: Uint32Array,
    rows: number,
    wordsPerRow: number,
    connectivities: Int32Array,
    wantsLogits: 0 | 1,
  ): Promise<Float64Array | Float32Array>
  /**
   * Rows are drawn with the uniforms of `[seed, purpose, index of the first row]`; particles, which have weights, with `[seed,
   * purpose, index of the first row, particles of a group, purpose of resampling]`.
   */
  draw(
    handle: Handle,
    rows: number,
    wordsPerRow: number,
    connectivity: Int32Array,
    request: Float64Array,
    given: Uint32Array | null,
    known: Uint32Array | null,
  ): Promise<KernelDrawn>
  /**
   * Does so many portions of what bounds the kernels, for the benchmarks to time.
   * @returns how much that is on all threads together: floating-point operations, bytes to and from memory, barriers
   */
  measure(handle: Handle, limit: number, repeats: number): Promise<number>
}
