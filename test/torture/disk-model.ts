import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import type { RandomStream } from '../../src/made/random'
import type { FileChange } from './layer-order'

/** A file or a folder, whatever it is called and whether or not it has a name. */
type Inode = FileInode | FolderInode

interface FileInode {
  readonly kind: 'file'
  /** What a reader sees. */
  content: Buffer
  /** What is surely on the disk; null before the first sync, when anything may be. */
  synced: Buffer | null
  /** Whether since then a few bytes were written over others, which a disk does whole or not at all, and no more. */
  isOverwritten: boolean
  /** Whether since then it was only appended to: what was synced is then on the disk still. */
  isAppended: boolean
}

interface FolderInode {
  readonly kind: 'folder'
  readonly entries: Map<string, Inode>
}

/** A change of names: made in the folder `parent`, and surely on the disk once that folder is synced. */
interface NameChange {
  readonly parent: FolderInode
  readonly make: (root: Names) => void
}

/** Names as they are after some of the changes, by folder. */
type Names = Map<FolderInode, Map<string, Inode>>

/**
 * What may be on a disk when the power goes: what a file held when it was synced last, or any of what came after; of a
 * folder, the names it had when it was synced last, and any number of the changes of names after that, in their order.
 * POSIX promises no more. File systems keep more of it, each in its own way.
 */
export class DiskModel {
  private readonly root: FolderInode = { kind: 'folder', entries: new Map() }
  private readonly begin: Names = new Map()
  private readonly changes: NameChange[] = []
  /** How many of `changes` are surely on the disk, by folder. */
  private readonly sure = new Map<FolderInode, number>()
  private readonly opened = new Map<number, Inode>()

  /** A disk that holds what is in a folder. */
  static async of(folder: string): Promise<DiskModel> {
    const model = new DiskModel()
    await read(folder, model.root)
    keep(model.root, model.begin)
    return model
  }

  /** Makes a change that a program made. */
  apply(change: FileChange): void {
    switch (change.op) {
      case 'open': {
        let file = this.at(change.path)
        if (!file) this.enter(change.path, (file = emptyFile()))
        if (change.empties && file.kind === 'file') empty(file)
        this.opened.set(change.handle, file)
        return
      }
      case 'write': {
        const file = this.opened.get(change.handle)
        if (file?.kind !== 'file') throw new Error(`${change.path} is written and was not opened`)
        const bytes = Buffer.from(change.data, 'base64')
        if (change.place === null) append(file, bytes)
        else overwrite(file, bytes, change.place)
        return
      }
      case 'sync': {
        // A folder is opened for reading, which changes nothing and is not traced.
        const inode = this.opened.get(change.handle) ?? this.at(change.path)
        if (inode?.kind === 'file')
          Object.assign(inode, { synced: inode.content, isOverwritten: false, isAppended: true })
        else if (inode) this.sure.set(inode, this.changes.length)
        return
      }
      case 'rename': {
        const inode = this.at(change.path)
        if (!inode) throw new Error(`${change.path} is renamed and is not there`)
        this.move(change.path, change.to, inode)
        return
      }
      case 'link': {
        const inode = this.at(change.path)
        if (inode) this.enter(change.to, inode)
        return
      }
      case 'remove':
        if (this.at(change.path)) this.remove(change.path)
        return
      case 'mkdir': {
        const names = change.path.split('/')
        for (let depth = 1; depth <= names.length; depth++) {
          const path = names.slice(0, depth).join('/')
          if (!this.at(path)) this.enter(path, { kind: 'folder', entries: new Map() })
        }
        return
      }
    }
  }

  /** Lays what is left when the power goes now into a new folder. @param random chooses among all that may be */
  async cutPower(folder: string, random: RandomStream): Promise<void> {
    const names: Names = new Map([...this.begin].map(([inode, entries]) => [inode, new Map(entries)]))
    const cuts = new Map<FolderInode, number>()
    const cutOf = (parent: FolderInode): number => {
      const sure = this.sure.get(parent) ?? 0
      const cut = cuts.get(parent) ?? sure + random.below(this.changes.length - sure + 1)
      cuts.set(parent, cut)
      return cut
    }
    this.changes.forEach(({ parent, make }, i) => {
      if (i < cutOf(parent)) make(names)
    })
    await lay(this.root, names, folder, random)
  }

  private at(path: string): Inode | undefined {
    let inode: Inode | undefined = this.root
    for (const name of path.split('/').filter((part) => part !== ''))
      inode = inode?.kind === 'folder' ? inode.entries.get(name) : undefined
    return inode
  }

  private parentOf(path: string): FolderInode {
    const parent = this.at(posix.dirname(path) === '.' ? '' : posix.dirname(path))
    if (parent?.kind !== 'folder') throw new Error(`${path} is in no folder`)
    return parent
  }

  private enter(path: string, inode: Inode): void {
    const parent = this.parentOf(path)
    const name = posix.basename(path)
    this.make(parent, (names) => entriesOf(names, parent).set(name, inode))
    parent.entries.set(name, inode)
  }

  private remove(path: string): void {
    const parent = this.parentOf(path)
    const name = posix.basename(path)
    this.make(parent, (names) => entriesOf(names, parent).delete(name))
    parent.entries.delete(name)
  }

  /** One change, though of two folders: a file is never in both or in none. It is sure where the new one is. */
  private move(path: string, to: string, inode: Inode): void {
    const [from, into] = [this.parentOf(path), this.parentOf(to)]
    const [old, name] = [posix.basename(path), posix.basename(to)]
    this.make(into, (names) => {
      entriesOf(names, from).delete(old)
      entriesOf(names, into).set(name, inode)
    })
    from.entries.delete(old)
    into.entries.set(name, inode)
  }

  private make(parent: FolderInode, make: (names: Names) => void): void {
    this.changes.push({ parent, make })
  }
}

function emptyFile(): FileInode {
  return { kind: 'file', content: Buffer.alloc(0), synced: null, isOverwritten: false, isAppended: false }
}

function empty(file: FileInode): void {
  file.content = Buffer.alloc(0)
  file.isOverwritten = false
  file.isAppended = false
}

function append(file: FileInode, bytes: Buffer): void {
  file.content = Buffer.concat([file.content, bytes])
  // Over an overwriting that is not synced, anything may be.
  if (file.isOverwritten) file.isAppended = false
  file.isOverwritten = false
}

function overwrite(file: FileInode, bytes: Buffer, place: number): void {
  const isWhole = file.isOverwritten || file.synced === file.content
  file.content = Buffer.concat([file.content.subarray(0, place), bytes, file.content.subarray(place + bytes.length)])
  file.isOverwritten = isWhole
  file.isAppended = false
}

function entriesOf(names: Names, folder: FolderInode): Map<string, Inode> {
  const entries = names.get(folder) ?? new Map<string, Inode>()
  names.set(folder, entries)
  return entries
}

async function read(folder: string, into: FolderInode): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      const inner: FolderInode = { kind: 'folder', entries: new Map() }
      into.entries.set(entry.name, inner)
      await read(path, inner)
    } else {
      const content = await readFile(path)
      into.entries.set(entry.name, { kind: 'file', content, synced: content, isOverwritten: false, isAppended: true })
    }
  }
}

function keep(folder: FolderInode, names: Names): void {
  names.set(folder, new Map(folder.entries))
  for (const inode of folder.entries.values()) if (inode.kind === 'folder') keep(inode, names)
}

async function lay(folder: FolderInode, names: Names, path: string, random: RandomStream): Promise<void> {
  await mkdir(path, { recursive: true })
  for (const [name, inode] of names.get(folder) ?? [])
    if (inode.kind === 'folder') await lay(inode, names, join(path, name), random)
    else await writeFile(join(path, name), whatIsLeft(inode, random))
}

/**
 * What was synced, what was written, or something between: the first part of the new over the old, or zeros. What was only
 * appended to keeps what was synced: nothing is written there.
 */
function whatIsLeft({ content, synced, isOverwritten, isAppended }: FileInode, random: RandomStream): Buffer {
  if (synced !== null && content.equals(synced)) return content
  const old = synced ?? Buffer.alloc(0)
  if (isOverwritten) return random.below(2) === 0 ? old : content
  const sure = isAppended ? old.length : 0
  const size = sure + random.below(content.length - sure + 1)
  switch (random.below(4)) {
    case 0:
      return old
    case 1:
      return content
    case 2:
      return Buffer.concat([content.subarray(0, size), old.subarray(size)])
    default:
      return Buffer.concat([content.subarray(0, size), Buffer.alloc(content.length - size)])
  }
}
