import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { StudioError } from '../base/failure'
import { say } from '../words/say'

/** A file of an archive. */
export interface ArchivedFile {
  readonly name: string
  /** Its bytes, piece by piece. */
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
  /** Whether it is packed; what is noise all through, such as weights, would only take time. */
  readonly isPacked: boolean
}

/** The first moment that a zip file can name: when something was packed changes no byte. */
const ALWAYS = new Date(1980, 0, 1)
/** From here on a zip file needs an extension that is not written. */
const MOST_BYTES = 0xffff_ffff

/**
 * A zip file piece by piece. The same files give the same bytes.
 * @throws StudioError 'too-large' beyond 4 GiB, or what reading the files throws
 */
export async function* zipped(files: Iterable<ArchivedFile>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  let bytes = 0
  const zip = new Zip((error, piece) => {
    if (error) throw error
    bytes += piece.length
    ready.push(piece)
  })
  const taken = (): Uint8Array[] => {
    if (bytes > MOST_BYTES) throw new StudioError('too-large', say('parcel.too-large'), say('parcel.too-large.hint'))
    const some = ready
    ready = []
    return some
  }
  for (const { name, pieces, isPacked } of files) {
    const entry = isPacked ? new ZipDeflate(name, { level: 6 }) : new ZipPassThrough(name)
    entry.mtime = ALWAYS
    zip.add(entry)
    for await (const piece of pieces) {
      entry.push(piece)
      yield* taken()
    }
    entry.push(new Uint8Array(0), true)
    yield* taken()
  }
  zip.end()
  yield* taken()
}

/** A file of text for an archive. */
export function textFile(name: string, text: string): ArchivedFile {
  return { name, pieces: [new TextEncoder().encode(text)], isPacked: true }
}
