/** A column to write: numbers, or text; null where a row has no value. */
export interface WrittenColumn {
  readonly name: string
  readonly values: readonly (number | string | null)[]
}

/** Field types of Thrift's compact protocol. */
const [I32, I64, BINARY, LIST, STRUCT] = [5, 6, 8, 9, 12] as const
/** Types of Parquet's values. */
const [DOUBLE, BYTE_ARRAY] = [5, 6]

/** A value of Thrift's compact protocol, by the number of its field. */
type Thrift =
  | { readonly type: typeof I32 | typeof I64; readonly value: number }
  | { readonly type: typeof BINARY; readonly value: string }
  | { readonly type: typeof LIST; readonly of: number; readonly values: readonly Uint8Array[] }
  | { readonly type: typeof STRUCT; readonly value: Uint8Array }

function varint(value: number): number[] {
  const bytes: number[] = []
  let left = value
  while (left > 127) {
    bytes.push((left % 128) | 128)
    left = Math.floor(left / 128)
  }
  return [...bytes, left]
}

function binary(text: string | Uint8Array): Uint8Array {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return Uint8Array.from([...varint(bytes.length), ...bytes])
}

function struct(fields: Readonly<Record<number, Thrift>>): Uint8Array {
  let last = 0
  const bytes = Object.entries(fields).flatMap(([id, field]) => {
    const step = Number(id) - last
    last = Number(id)
    return [(step << 4) | field.type, ...encoded(field)]
  })
  return Uint8Array.from([...bytes, 0])
}

function encoded(field: Thrift): readonly number[] {
  switch (field.type) {
    case I32:
    case I64:
      return varint(2 * field.value)
    case BINARY:
      return [...binary(field.value)]
    case STRUCT:
      return [...field.value]
    case LIST: {
      const { values, of } = field
      const head = values.length < 15 ? [(values.length << 4) | of] : [0xf0 | of, ...varint(values.length)]
      return [...head, ...values.flatMap((value) => [...value])]
    }
  }
}

const int = (value: number): Thrift => ({ type: I32, value })
const long = (value: number): Thrift => ({ type: I64, value })
const text = (value: string): Thrift => ({ type: BINARY, value })
const list = (of: number, values: readonly Uint8Array[]): Thrift => ({ type: LIST, of, values })
const within = (value: Uint8Array): Thrift => ({ type: STRUCT, value })

/** A Parquet file of one row group without compression, its values written plainly: independent of the reader under test. */
export function parquet(columns: readonly WrittenColumn[]): Uint8Array {
  const rows = columns[0]?.values.length ?? 0
  const parts: Uint8Array[] = [new TextEncoder().encode('PAR1')]
  let at = 4
  const chunks = columns.map(({ name, values }) => {
    const type = typeof values.find((value) => value !== null) === 'number' ? DOUBLE : BYTE_ARRAY
    const page = pageOf(values, type)
    const start = at
    parts.push(page)
    at += page.length
    const meta = struct({
      1: int(type),
      2: list(I32, [Uint8Array.of(0), Uint8Array.of(6)]),
      3: list(BINARY, [binary(name)]),
      4: int(0),
      5: long(rows),
      6: long(page.length),
      7: long(page.length),
      9: long(start),
    })
    return { start, meta, type, name }
  })
  const schema = [
    struct({ 4: text('schema'), 5: int(columns.length) }),
    ...chunks.map(({ type, name }) =>
      struct({ 1: int(type), 3: int(1), 4: text(name), ...(type === BYTE_ARRAY ? { 6: int(0) } : {}) }),
    ),
  ]
  const group = struct({
    1: list(
      STRUCT,
      chunks.map(({ start, meta }) => struct({ 2: long(start), 3: within(meta) })),
    ),
    2: long(at),
    3: long(rows),
  })
  const footer = struct({ 1: int(1), 2: list(STRUCT, schema), 3: long(rows), 4: list(STRUCT, [group]) })
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, footer.length, true)
  return Uint8Array.from([...parts, footer, length, new TextEncoder().encode('PAR1')].flatMap((part) => [...part]))
}

function pageOf(values: WrittenColumn['values'], type: number): Uint8Array {
  const groups = Math.ceil(values.length / 8)
  const levels = Array.from({ length: groups }, (_, group) =>
    values.slice(8 * group, 8 * group + 8).reduce<number>((bits, value, i) => bits | (value === null ? 0 : 1 << i), 0),
  )
  const run = [...varint((groups << 1) | 1), ...levels]
  const head = new Uint8Array(4)
  new DataView(head.buffer).setUint32(0, run.length, true)
  const plain = values.filter((value) => value !== null).flatMap((value) => [...plainValue(value, type)])
  const data = Uint8Array.from([...head, ...run, ...plain])
  const page = struct({ 1: int(values.length), 2: int(0), 3: int(3), 4: int(3) })
  const header = struct({ 1: int(0), 2: int(data.length), 3: int(data.length), 5: within(page) })
  return Uint8Array.from([...header, ...data])
}

function plainValue(value: number | string, type: number): Uint8Array {
  if (type === DOUBLE) {
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setFloat64(0, Number(value), true)
    return bytes
  }
  const bytes = new TextEncoder().encode(String(value))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length, true)
  return Uint8Array.from([...length, ...bytes])
}
