import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PLACE } from '../../src/files/processes'
import { appendFile, makeFolder, replaceFile } from '../../src/files/durable-file'
import { removeLeftovers } from '../../src/files/temporary-file'
import { expectFailure } from '../base/expect-failure'
import { temporaryFolder } from '../training/small-run'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a file that several write at once', () => {
  it('is replaced by one after another, in the order in which they asked, and all of them succeed', async () => {
    const place = await temporaryFolder()
    const path = join(place, 'run.json')
    const texts = Array.from({ length: 20 }, (_, i) => `writer ${i} `.repeat(1000 * (20 - i)))
    const done: number[] = []
    await Promise.all(texts.map((text, i) => replaceFile(path, [bytes(text)]).then(() => done.push(i))))
    expect(await readFile(path, 'utf8')).toBe(texts.at(-1))
    expect(done).toEqual(texts.map((_, i) => i))
    expect(await readdir(place)).toEqual(['run.json'])
  })

  it('makes its content when its turn has come, so that no change is lost', async () => {
    const path = join(await temporaryFolder(), 'count')
    await replaceFile(path, [bytes('0')])
    async function* oneMore(): AsyncGenerator<Uint8Array> {
      yield bytes(String(Number(await readFile(path, 'utf8')) + 1))
    }
    await Promise.all(Array.from({ length: 20 }, () => replaceFile(path, oneMore())))
    expect(await readFile(path, 'utf8')).toBe('20')
  })

  it('goes to the next one where a write fails', async () => {
    const path = join(await temporaryFolder(), 'run.json')
    const refused = replaceFile(path, [bytes('bad')], { verify: () => Promise.reject(new Error('not whole')) })
    const next = replaceFile(path, [bytes('good')])
    await expect(refused).rejects.toThrow('not whole')
    await next
    expect(await readFile(path, 'utf8')).toBe('good')
  })

  it('is appended to in whole pieces', async () => {
    const path = join(await temporaryFolder(), 'metrics.jsonl')
    const lines = Array.from({ length: 20 }, (_, i) => `${String(i).repeat(5000)}\n`)
    await Promise.all(lines.map((line) => appendFile(path, [bytes(line)])))
    expect(await readFile(path, 'utf8')).toBe(lines.join(''))
  })

  it('may have any name that a file can have', async () => {
    const place = await temporaryFolder()
    const name = 'é'.repeat(127)
    await replaceFile(join(place, name), [bytes('x')])
    expect(await readdir(place)).toEqual([name])
  })
})

describe('what a crash leaves of a write', () => {
  it('is removed, and what is still being written is not', async () => {
    const place = await temporaryFolder()
    const leftover = `.run.json.${PLACE}.999999999.0123456789ab.tmp`
    // Two containers of one host: its number is that of this process, or of none here.
    const beside = PLACE.replace(/[0-9a-f]{8}$/, '00000000')
    const foreign = [process.pid, 999999999].map((pid) => `.run.json.${beside}.${pid}.0123456789ab.tmp`)
    const long = '.run.json.elsewhere.18.0123456789ab.tmp'
    for (const name of [leftover, ...foreign, long, '.own.tmp', 'notes.tmp']) await writeFile(join(place, name), 'x')
    const yesterday = new Date(Date.now() - 86_400_000)
    await utimes(join(place, long), yesterday, yesterday)
    let cleaned: string[] = []
    async function* whileWriting(): AsyncGenerator<Uint8Array> {
      yield bytes('first ')
      await removeLeftovers(place)
      cleaned = await readdir(place)
      yield bytes('and last')
    }
    await replaceFile(join(place, 'run.json'), whileWriting())
    expect(cleaned.filter((name) => !name.startsWith('.run.json.')).sort()).toEqual(['.own.tmp', 'notes.tmp'])
    expect(cleaned).toHaveLength(5)
    expect(await readFile(join(place, 'run.json'), 'utf8')).toBe('first and last')
    expect((await readdir(place)).sort()).toEqual(['.own.tmp', ...foreign, 'notes.tmp', 'run.json'].sort())
  })
})

describe('a folder', () => {
  it('is made with all those above it', async () => {
    const place = await temporaryFolder()
    const path = join(place, 'a', 'b', 'c')
    await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(place, 'a', 'd'))])
    expect((await stat(path)).isDirectory()).toBe(true)
    await makeFolder(path)
  })

  it('that cannot be made is named, whatever is in the way', async () => {
    const place = await temporaryFolder()
    await writeFile(join(place, 'file'), '')
    await symlink('nothing', join(place, 'dangling'))
    await symlink('loop', join(place, 'loop'))
    await mkdir(join(place, 'long'))
    for (const [below, named] of [
      ['file', 'file'],
      ['file/runs', 'file'],
      ['dangling/runs', 'dangling'],
      ['loop/runs', 'loop'],
      [`long/${'x'.repeat(300)}/runs`, 'x'.repeat(300)],
    ])
      await expectFailure(
        () => makeFolder(join(place, below)),
        'not-writable',
        new RegExp(`^The folder .*${named} could not be made`),
      )
  })

  it.skipIf(process.platform !== 'linux')(
    'below one in which none can be made is refused, and not tried for ever (Linux only: /proc is such a folder)',
    async () => {
      for (const path of ['/proc/nowhere', '/proc/nowhere/runs'])
        await expectFailure(() => makeFolder(path), 'not-writable', /^The folder \/proc\/nowhere could not be made/)
    },
  )
})
