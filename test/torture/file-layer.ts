import { appendFileSync, promises } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { relative, resolve, sep } from 'node:path'
import type { FileChange, LayerOrder, TraceLine } from './layer-order'

/**
 * Loaded before a program (`node --import`), this stands between it and `node:fs/promises`, and counts what it changes
 * under one folder: opening for writing, writing, syncing, renaming, linking, removing, making folders. At the n-th of
 * these it does what it was told to: kills the process, tears a write in two and then kills it, or lets the call fail.
 */

const order = JSON.parse(process.env['MADE_TORTURE_LAYER'] ?? 'null') as LayerOrder | null
if (order) standUnder(order)

type Call = (...args: unknown[]) => Promise<unknown>

function standUnder({ folder, at, trouble, trace }: LayerOrder): void {
  let count = 0
  let handles = 0

  const isOurs = (path: unknown): path is string =>
    typeof path === 'string' && (resolve(path) === folder || resolve(path).startsWith(folder + sep))
  const inFolder = (path: string): string => relative(folder, path).split(sep).join('/')
  const write = (line: TraceLine): void => {
    if (trace !== null) appendFileSync(trace, `${JSON.stringify(line)}\n`)
  }

  /** Makes a change, or what the order says of it. @param tear makes half of it */
  const change = async <T>(
    what: FileChange,
    make: () => Promise<T>,
    { counts = true, tear = (): Promise<unknown> => Promise.resolve() } = {},
  ): Promise<T> => {
    if (counts && ++count === at) await suffer(what, tear)
    const result = await make()
    write({ type: 'change', counts, ...what })
    return result
  }

  const suffer = async (what: FileChange, tear: () => Promise<unknown>): Promise<void> => {
    if (trouble !== 'kill' && trouble !== 'tear')
      throw Object.assign(new Error(`${trouble}: made to fail, ${what.op} '${what.path}'`), { code: trouble })
    if (trouble === 'tear') await tear()
    process.kill(process.pid, 'SIGKILL')
    await new Promise(() => undefined)
  }

  /** Puts a change before a function of the file system where its paths are ours. */
  const replace = (name: keyof typeof promises, whatOf: (...paths: string[]) => FileChange): void => {
    const original = promises[name] as Call
    const replaced: Call = (...args) => {
      const paths = args.slice(0, 2).filter(isOurs).map(inFolder)
      return paths.length === 0 ? original(...args) : change(whatOf(...paths), () => original(...args))
    }
    Object.assign(promises, { [name]: replaced })
  }
  replace('rename', (path, to) => ({ op: 'rename', path, to }))
  replace('link', (path, to) => ({ op: 'link', path, to }))
  replace('mkdir', (path) => ({ op: 'mkdir', path }))
  for (const name of ['unlink', 'rm', 'rmdir'] as const) replace(name, (path) => ({ op: 'remove', path }))

  const open = promises.open
  const openOurs = async (path: string, flags: string | number, mode?: number): Promise<FileHandle> => {
    const file = { path: inFolder(path), handle: ++handles }
    const make = (): Promise<FileHandle> => open(path, flags, mode)
    if (typeof flags !== 'string')
      throw new Error(`${file.path} is opened with the flags ${flags}, which is not traced`)
    const isRead = flags === 'r'
    const opened: FileChange = { op: 'open', ...file, empties: flags.startsWith('w') }
    const handle = await (isRead ? make() : change(opened, make))
    watch(handle, file, !isRead)
    return handle
  }
  const watch = (
    handle: FileHandle,
    file: { readonly path: string; readonly handle: number },
    writes: boolean,
  ): void => {
    const original = {
      sync: handle.sync.bind(handle),
      datasync: handle.datasync.bind(handle),
      write: handle.write.bind(handle) as Call,
      writeFile: handle.writeFile.bind(handle),
    }
    Object.assign(handle, {
      sync: () => change({ op: 'sync', ...file }, original.sync),
      datasync: () => change({ op: 'sync', ...file }, original.datasync),
    })
    if (!writes) return
    // A file is written in many pieces; what happens at the second is what happens at the first.
    let isBegun = false
    const piece = <T>(bytes: Uint8Array, place: number | null, make: () => Promise<T>): Promise<T> => {
      const counts = !isBegun
      isBegun = true
      const half = bytes.subarray(0, bytes.length >> 1)
      const tear = (): Promise<unknown> => original.write(half, 0, half.length, place)
      return change({ op: 'write', ...file, data: Buffer.from(bytes).toString('base64'), place }, make, {
        counts,
        tear,
      })
    }
    Object.assign(handle, {
      writeFile: (data: string | Uint8Array) => {
        const bytes = typeof data === 'string' ? Buffer.from(data) : data
        return piece(bytes, null, () => original.writeFile(bytes))
      },
      write: (data: string | Uint8Array, place: number | null = null, ...rest: unknown[]) => {
        if (rest.length > 0 || (typeof data !== 'string' && place !== null))
          throw new Error(`a part of a buffer is written to ${file.path}, which is not traced`)
        const bytes = typeof data === 'string' ? Buffer.from(data) : data
        return piece(bytes, place, () => original.write(bytes, 0, bytes.length, place))
      },
    })
  }
  Object.assign(promises, {
    open: (path: unknown, flags: string | number = 'r', mode?: number) =>
      isOurs(path) ? openOurs(path, flags, mode) : open(path as string, flags, mode),
  })
  const writeFile = promises.writeFile as Call
  Object.assign(promises, {
    writeFile: async (...args: unknown[]) => {
      const [path, data, options] = args
      if (!isOurs(path)) return writeFile(...args)
      const { flag = 'w' } = (options ?? {}) as { flag?: string }
      const handle = await openOurs(path, flag)
      try {
        await handle.writeFile(data as string | Uint8Array)
      } finally {
        await handle.close()
      }
    },
  })
  for (const name of ['appendFile', 'copyFile', 'cp', 'truncate', 'symlink'] as const) {
    const original = promises[name] as Call
    Object.assign(promises, {
      [name]: (...args: unknown[]) => {
        if (args.some(isOurs)) throw new Error(`${name} is used on a run, which is not traced`)
        return original(...args)
      },
    })
  }
  syncBuiltinESMExports()

  if (trace === null || process.send === undefined) return
  const send = process.send.bind(process)
  process.send = (message: unknown, ...rest: []) => {
    write({ type: 'told', message })
    return send(message, ...rest)
  }
  // A listener of one's own would take the messages that come before the program listens.
  const emit = process.emit.bind(process) as (event: string, ...args: unknown[]) => boolean
  Object.assign(process, {
    emit: (event: string, ...args: unknown[]) => {
      if (event === 'message') write({ type: 'heard', message: args[0] })
      return emit(event, ...args)
    },
  })
}
