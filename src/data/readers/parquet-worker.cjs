/**
 * Decodes columns of Parquet files in a thread of its own: the library trusts what a file says of the lengths of its
 * runs, so a damaged one can make it fill memory or go on for ever. The thread can be stopped; a process cannot.
 */
const { parentPort, workerData } = require('node:worker_threads')

const ready = Promise.all(workerData.modules.map((address) => import(address)))
void ready.then(() => parentPort.postMessage({ isReady: true }))

parentPort.on('message', async ({ column, rowStart, rowEnd, size, at, bytes }) => {
  try {
    const [{ parquetMetadata, parquetReadColumn }, { compressors }] = await ready.then(([index, read, packing]) => [
      { ...index, ...read },
      packing,
    ])
    const metadata = parquetMetadata(workerData.footer, { geoparquet: false })
    const file = { byteLength: size, slice: async (start, end) => partOf(bytes, start - at, end - at) }
    const values = await parquetReadColumn({
      file,
      metadata,
      columns: [column],
      rowStart,
      rowEnd,
      compressors: guarded(compressors),
      utf8: false,
      geoparquet: false,
    })
    parentPort.postMessage({ values: compact(values) })
  } catch (cause) {
    parentPort.postMessage({ failure: String(cause instanceof Error ? cause.message : cause) })
  }
})

function partOf(bytes, start, end) {
  if (start < 0 || end > bytes.length) throw new Error('it asks for bytes outside the column')
  return bytes.slice(start, end).buffer
}

/** The decompressors, which must not be made to take memory that their input cannot fill. */
function guarded(compressors) {
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, decompress]) => [
      codec,
      (input, length) => {
        if (!(length >= 0 && length <= workerData.mostPageBytes)) throw new Error(`a page of ${length} bytes`)
        return decompress(input, length)
      },
    ]),
  )
}

/** Bytes refer to the whole page that they are from; only they themselves cross to the other thread. */
function compact(values) {
  return Array.isArray(values) ? values.map(compactValue) : values
}

function compactValue(value) {
  if (value instanceof Uint8Array) return value.slice()
  const isFile = typeof value === 'object' && value !== null && value.bytes instanceof Uint8Array
  return isFile ? { ...value, bytes: value.bytes.slice() } : value
}
