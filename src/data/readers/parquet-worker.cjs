/**
 * Decodes columns of Parquet files in a thread of its own: the library trusts what a file says of the lengths of its
 * runs, so these are checked first; and a thread can be stopped, if it should go on for ever all the same. What a check
 * finds is thrown by its name, for which `parquet.ts` has the words.
 */
const { workerData: data } = require('node:worker_threads')

/** A run may be longer than what is left by so many values: writers fill up to whole groups. */
const MOST_PADDING = 512

globalThis.decode = async (library, { column, group, rowStart, rowEnd, size, at, bytes }) => {
  const metadata = library.parquetMetadata(data.footer, { geoparquet: false })
  const compressors = guarded(library.compressors)
  const slice = (start, end) => partOf(bytes, start - at, end - at)
  for (const { meta_data: chunk } of metadata.row_groups[group].columns)
    if (chunk?.path_in_schema[0] === column) checkChunk(library, metadata, chunk, slice, compressors)
  const values = await library.parquetReadColumn({
    file: { byteLength: size, slice: async (start, end) => slice(start, end) },
    metadata,
    columns: [column],
    rowStart,
    rowEnd,
    compressors,
    utf8: false,
    geoparquet: false,
  })
  return compact(values)
}

function partOf(bytes, start, end) {
  if (start < 0 || end > bytes.length) throw new Error('fault: bytes-outside')
  return bytes.slice(start, end).buffer
}

/** The decompressors, which must not be made to take memory that their input cannot fill. */
function guarded(compressors) {
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, decompress]) => [
      codec,
      (input, length) => {
        if (!(length >= 0 && length <= data.mostPageBytes)) throw new Error('fault: page-size')
        return decompress(input, length)
      },
    ]),
  )
}

/** Walks the pages of a column: no run of values may go on after the values that its page is said to have. */
function checkChunk(library, metadata, chunk, slice, compressors) {
  const start = Number(chunk.dictionary_page_offset ?? chunk.data_page_offset)
  const bytes = slice(start, start + Number(chunk.total_compressed_size))
  const path = library.getSchemaPath(metadata.schema, chunk.path_in_schema)
  const levels = [library.getMaxRepetitionLevel(path), library.getMaxDefinitionLevel(path)].map((most) =>
    Math.ceil(Math.log2(most + 1)),
  )
  const reader = { view: new DataView(bytes), offset: 0 }
  while (reader.offset < bytes.byteLength - 1) {
    const header = library.parquetHeader(reader)
    const packed = new Uint8Array(bytes, reader.offset, header.compressed_page_size)
    reader.offset += header.compressed_page_size
    const unpack = (input, length) => library.decompressPage(input, length, chunk.codec, compressors)
    if (header.data_page_header) checkPage(header, unpack(packed, header.uncompressed_page_size), levels)
    else if (header.data_page_header_v2) checkPageV2(header, packed, levels, unpack)
  }
}

function checkPage({ data_page_header: { num_values: count, encoding } }, page, levels) {
  let at = 0
  for (const width of levels) {
    if (width === 0) continue
    checkRuns(page, at + 4, width, count)
    at += 4 + lengthAt(page, at)
  }
  checkValues(page, at, encoding, count)
}

function checkPageV2({ data_page_header_v2: header, uncompressed_page_size: size }, packed, levels, unpack) {
  const lengths = [header.repetition_levels_byte_length, header.definition_levels_byte_length]
  let at = 0
  lengths.forEach((length, i) => {
    if (!(length >= 0 && at + length <= packed.length)) throw new Error('fault: levels-outside')
    if (levels[i] > 0) checkRuns(packed, at, levels[i], header.num_values)
    at += length
  })
  if (!(header.num_nulls >= 0 && header.num_nulls <= header.num_values)) throw new Error('fault: gaps')
  const values = packed.subarray(at)
  checkValues(
    header.is_compressed === false ? values : unpack(values, size - at),
    0,
    header.encoding,
    header.num_values,
  )
}

function checkValues(page, at, encoding, count) {
  if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY') checkRuns(page, at + 1, page[at], count)
  else if (encoding === 'RLE') checkRuns(page, at + 4, 1, count)
}

/** Runs of equal or of packed values from `at` on, up to `count` of them or the end of the page. */
function checkRuns(page, at, width, count) {
  for (let seen = 0; seen < count && at < page.length;) {
    let header = 0
    for (let shift = 1; ; shift *= 128) {
      const byte = page[at++] ?? 0
      header += (byte & 127) * shift
      if (byte < 128) break
    }
    const isPacked = header % 2 === 1
    const values = isPacked ? 4 * (header - 1) : header / 2
    if (values > count - seen + MOST_PADDING) throw new Error('fault: long-runs')
    at += isPacked ? (values * width) / 8 : Math.ceil(width / 8)
    seen += values
  }
}

function lengthAt(page, at) {
  return new DataView(page.buffer, page.byteOffset, page.byteLength).getUint32(at, true)
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
