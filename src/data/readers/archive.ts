import type { Reading } from './reading'

/** Files in a file: what a zip and a tar file have in common for who reads them. */
export interface Archive {
  readonly names: readonly string[]
  /** The files by name, each with its size once it is unpacked, in bytes. */
  readonly entries: ReadonlyMap<string, { readonly name: string; readonly size: number }>
  /** One of its files. @throws StudioError 'not-found', 'too-large', 'unknown-format' or 'damaged-file' */
  read(name: string, mostBytes: number, reading: Reading): Promise<Uint8Array>
  /** The first bytes of one of its files; fewer if it has no more. @throws as `read` */
  firstBytes(name: string, length: number, reading: Reading): Promise<Uint8Array>
  /** One of its files piece by piece. @throws as `read` */
  chunks(name: string, reading: Reading): AsyncGenerator<Uint8Array>
}
