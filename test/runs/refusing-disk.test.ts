import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { replaceFolder, type FolderFile } from '../../src/files/whole-folder'
import { RunFolder } from '../../src/runs/run-folder'
import { Runs } from '../../src/runs/runs'
import { expectFailure, failureFrom } from '../base/expect-failure'
import { diskFull, readOnly, unwatchDisk, watchDisk } from '../files/watched-disk'
import { newRun, smallConfig, temporaryFolder } from '../training/small-run'

const links = vi.hoisted((): { areThere: boolean; fails: string | null } => ({ areThere: true, fails: null }))
vi.mock('node:fs/promises', async (original) => {
  const { watchedDisk } = await import('../files/watched-disk')
  const real = await original<typeof import('node:fs/promises')>()
  const link: typeof real.link = async (from, to) => {
    if (!links.areThere) throw Object.assign(new Error('operation not permitted, link'), { code: 'EPERM' })
    if (links.fails) throw Object.assign(new Error(`${links.fails}: link`), { code: links.fails })
    await real.link(from, to)
  }
  return { ...watchedDisk(real), link }
})

afterEach(() => {
  unwatchDisk()
  links.areThere = true
  links.fails = null
})

describe('the lock of a run that the disk refuses', () => {
  it.each([true, false])('is told by the folder, and leaves it free (hard links: %s)', async (areThere) => {
    const folder = await newRun(await temporaryFolder(), smallConfig())
    links.areThere = areThere
    watchDisk((step) => (step.what === 'write' ? diskFull(step) : null))
    const failure = await failureFrom(() => folder.lock())
    expect([failure.code, failure.message]).toEqual([
      'disk-full',
      `The disk is full: ${folder.path} could not be written.`,
    ])
    unwatchDisk()
    const hold = await folder.lock()
    await hold.release()
  })

  it('where it cannot be made without hard links leaves the folder free at once', async () => {
    const folder = await newRun(await temporaryFolder(), smallConfig())
    links.areThere = false
    watchDisk((step) => (step.what === 'write' && /\.lock\.\d+$/.test(step.path) ? diskFull(step) : null))
    await expectFailure(() => folder.lock(), 'disk-full')
    unwatchDisk()
    expect(await folder.isHeld()).toBe(false)
    const hold = await folder.lock()
    await hold.release()
  })
})

describe('a disk that fails while a lock is made', () => {
  it.each(['EIO', 'ENOSPC', 'EROFS'])('is not taken for one without hard links (%s)', async (code) => {
    const folder = await newRun(await temporaryFolder(), smallConfig())
    const locks = (await readdir(folder.path)).filter((name) => name.startsWith('.lock'))
    links.fails = code
    await failureFrom(() => folder.lock())
    links.fails = null
    // What is made without them is made in two steps, between which a process may die.
    expect((await readdir(folder.path)).filter((name) => name.startsWith('.lock'))).toEqual(locks)
    const hold = await folder.lock()
    await hold.release()
  })
})

describe('a folder that is replaced', () => {
  async function* files(): AsyncGenerator<FolderFile> {
    yield await Promise.resolve({ name: 'new', pieces: [new Uint8Array(1)] })
  }

  it('stays as it was where the new one cannot take its place', async () => {
    const place = await temporaryFolder()
    const path = join(place, 'add-on')
    await mkdir(path)
    await writeFile(join(path, 'old'), 'kept')
    let isRefused = false
    watchDisk((step) => {
      if (step.what !== 'rename' || step.path !== path || isRefused) return null
      isRefused = true
      return readOnly(step)
    })
    await expectFailure(() => replaceFolder(path, files()), 'not-writable', /its disk can only be read/)
    expect(await readdir(place)).toEqual(['add-on'])
    expect(await readFile(join(path, 'old'), 'utf8')).toBe('kept')
    await replaceFolder(path, files())
    expect([await readdir(place), await readdir(path)]).toEqual([['add-on'], ['new']])
  })
})

describe('a run that is moved to another disk', () => {
  it('and cannot be removed where it was says so in words, and is whole where it went', async () => {
    const place = await temporaryFolder()
    const [from, to] = [new Runs(join(place, 'from')), new Runs(join(place, 'to'))]
    const folder = await newRun(from.path, smallConfig())
    watchDisk((step) => {
      if (step.what === 'rename' && step.path === join(to.path, folder.id))
        return stepsOfMove++ === 0 ? Object.assign(new Error('EXDEV: cross-device link'), { code: 'EXDEV' }) : null
      return step.what === 'rm' && step.path === folder.path ? readOnly(step) : null
    })
    let stepsOfMove = 0
    const { left } = await from.transfer(to, 'move', () => undefined)
    expect(left.map(({ failure }) => [failure.code, failure.message.english])).toEqual([
      ['not-writable', `${folder.path} could not be removed (its disk can only be read).`],
    ])
    expect((await new RunFolder(join(to.path, folder.id)).readRecord()).name).toBe('small')
    expect((await stat(folder.path)).isDirectory()).toBe(true)
  })
})
