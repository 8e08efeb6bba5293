/** What the layer between a program and its files is told to do. */
export interface LayerOrder {
  /** The absolute path of the folder whose changes count. */
  readonly folder: string
  /** The number of the change, from 1, that comes to grief; 0 for none. */
  readonly at: number
  /** SIGKILL before it; after half of it, where it writes; or a failure with this code. */
  readonly trouble: 'kill' | 'tear' | 'ENOSPC' | 'EIO' | 'EROFS' | 'EACCES'
  /** A file that gets a line of JSON, a `TraceLine`, for each change; null for none. */
  readonly trace: string | null
}

/** A change of the files; paths are relative to the folder, '' is the folder itself. */
export type FileChange =
  /** `handle` numbers what was opened; `empties` what the file held. Reading a folder is opened too, to be synced. */
  | { readonly op: 'open'; readonly path: string; readonly handle: number; readonly empties: boolean }
  /** Bytes in base64: at the end of what was written so far, or over what is at a place. */
  | {
      readonly op: 'write'
      readonly path: string
      readonly handle: number
      readonly data: string
      readonly place: number | null
    }
  | { readonly op: 'sync'; readonly path: string; readonly handle: number }
  | { readonly op: 'rename' | 'link'; readonly path: string; readonly to: string }
  | { readonly op: 'remove' | 'mkdir'; readonly path: string }

/** What a trace tells, in the order in which it was so. */
export type TraceLine =
  /** A change was made. `counts` where it is one of those that are numbered. */
  | ({ readonly type: 'change'; readonly counts: boolean } & FileChange)
  /** A message came in to the process, or went out. */
  | { readonly type: 'heard' | 'told'; readonly message: unknown }

/** What a program is started with so that the layer stands under it. */
export function underLayer(
  layer: string,
  order: LayerOrder,
): { readonly nodeOptions: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  return { nodeOptions: ['--import', layer], env: { MADE_TORTURE_LAYER: JSON.stringify(order) } }
}

/** The lines of a trace; one that was being written when the process was killed is left out. */
export function linesOf(trace: string): TraceLine[] {
  const lines = trace.split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line) as TraceLine)
}
