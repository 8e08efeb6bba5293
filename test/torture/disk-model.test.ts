import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { PURPOSE, RandomStream } from '../../src/made/random'
import { temporaryFolder } from '../training/small-run'
import { DiskModel } from './disk-model'
import type { FileChange } from './layer-order'
import { filesOf } from './ledger'

const CUTS = 200

const written: readonly FileChange[] = [
  { op: 'open', path: 'new.tmp', handle: 1, empties: true },
  { op: 'write', path: 'new.tmp', handle: 1, data: Buffer.from('abcd').toString('base64'), place: null },
]
const synced: FileChange = { op: 'sync', path: 'new.tmp', handle: 1 }
const renamed: FileChange = { op: 'rename', path: 'new.tmp', to: 'file' }
const named: FileChange = { op: 'sync', path: '', handle: 2 }

/** All that may be left of a folder, each as the names and contents of its files. */
async function leftOf(changes: readonly FileChange[]): Promise<Set<string>> {
  const place = await temporaryFolder()
  const begin = join(place, 'begin')
  await mkdir(begin)
  const model = await DiskModel.of(begin)
  for (const change of changes) model.apply(change)
  const left = new Set<string>()
  for (let cut = 0; cut < CUTS; cut++) {
    const folder = join(place, 'left')
    await model.cutPower(folder, new RandomStream(1, PURPOSE.shuffle, cut))
    const files = [...(await filesOf(folder))].map(([name, bytes]) => `${name}=${bytes.toString('latin1')}`)
    left.add(files.sort().join(' '))
    await rm(folder, { recursive: true })
  }
  return left
}

it('a file is surely there when it and its name were synced, and no sooner', async () => {
  expect(await leftOf([...written, synced, renamed, named])).toEqual(new Set(['file=abcd']))
  expect(await leftOf([...written, synced, renamed])).toEqual(new Set(['', 'new.tmp=abcd', 'file=abcd']))
  const unsynced = await leftOf([...written, renamed, named])
  for (const content of ['', 'ab', 'abcd', 'ab\0\0']) expect(unsynced).toContain(`file=${content}`)
})

it('bytes that were written over others are there whole, or not at all', async () => {
  const over: FileChange[] = [
    { op: 'open', path: 'new.tmp', handle: 3, empties: false },
    { op: 'write', path: 'new.tmp', handle: 3, data: Buffer.from('XY').toString('base64'), place: 1 },
  ]
  const whole = [...written, synced, renamed, named]
  const inFile = over.map((change) => ({ ...change, path: 'file' }))
  expect(await leftOf([...whole, ...inFile])).toEqual(new Set(['file=abcd', 'file=aXYd']))
  expect(await leftOf([...whole, ...inFile, { op: 'sync', path: 'file', handle: 3 }])).toEqual(new Set(['file=aXYd']))
})

it('what was synced stays when something is appended to it, and does not when the file is emptied first', async () => {
  const more = (empties: boolean): FileChange[] => [
    { op: 'open', path: 'file', handle: 3, empties },
    { op: 'write', path: 'file', handle: 3, data: Buffer.from('ef').toString('base64'), place: null },
  ]
  const whole = [...written, synced, renamed, named]
  expect(await leftOf([...whole, ...more(false)])).toEqual(
    new Set(['file=abcd', 'file=abcde', 'file=abcdef', 'file=abcd\0\0', 'file=abcde\0']),
  )
  const emptied = await leftOf([...whole, ...more(true)])
  for (const content of ['abcd', 'ef', 'efcd', 'e\0']) expect(emptied).toContain(`file=${content}`)
})

it('the names of a folder are not those of the folder above it', async () => {
  const inNewFolder: FileChange[] = [
    { op: 'mkdir', path: 'run' },
    { op: 'open', path: 'run/file', handle: 1, empties: true },
    { op: 'sync', path: 'run/file', handle: 1 },
    { op: 'sync', path: 'run', handle: 2 },
  ]
  expect(await leftOf([...inNewFolder])).toContain('')
})
