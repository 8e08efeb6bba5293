/** How a field of a dispatch record lies in memory. */
type FieldType = 'u32' | 'f32'
type Fields = Readonly<Record<string, FieldType>>

/** The numbers that one dispatch is given, by name. */
export type RecordValues<F extends Fields> = Readonly<Record<keyof F, number>>

/** Records begin at multiples of this, the largest alignment of dynamic offsets that WebGPU allows an adapter to ask for. */
export const RECORD_STRIDE = 256

/**
 * The uniform of a kernel: named 32-bit numbers, in the order in which they are given. One definition makes both the
 * WGSL struct and the writing of its values.
 */
export class RecordLayout<F extends Fields = Fields> {
  private readonly entries: readonly (readonly [string, FieldType])[]
  readonly bytes: number

  constructor(fields: F) {
    this.entries = Object.entries(fields)
    this.bytes = Math.ceil((4 * this.entries.length) / 16) * 16
    if (this.bytes > RECORD_STRIDE) throw new Error('a dispatch record is too long')
  }

  /** The WGSL declaration `struct Dispatch`. */
  get wgsl(): string {
    return `struct Dispatch {\n${this.entries.map(([name, type]) => `  ${name}: ${type},`).join('\n')}\n}`
  }

  /** Writes the values at a byte offset. */
  write(view: DataView, offset: number, values: RecordValues<F>): void {
    this.entries.forEach(([name, type], i) => {
      const at = offset + 4 * i
      if (type === 'u32') view.setUint32(at, values[name], true)
      else view.setFloat32(at, values[name], true)
    })
  }
}
