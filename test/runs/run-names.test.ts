import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { CHANNELS } from '../../src/shared/contract'
import { RunFolder } from '../../src/runs/run-folder'
import { newRecord, Runs } from '../../src/runs/runs'
import { expectFailure } from '../base/expect-failure'
import { smallConfig, smallData, temporaryFolder, trainerOf } from '../training/small-run'

/** Names that a file system allows. */
const ALLOWED = [
  'with blanks in it',
  ' blank first',
  'blank last ',
  '한국어 이름',
  '日本語',
  'Ünïcödé',
  'v1.2.3',
  'ends in dots...',
  '100% sure',
  '%2e%2e%2f',
  '"quoted"',
  "it's",
  '`back` $(ticks) ${HOME}',
  '-leading-dash',
  '--out',
  '~',
  '*?<>|',
  'a;b&c',
  '#hash!',
  'emoji 🙂',
  'line\nbreak',
  'run 12:30',
  'console',
  'x'.repeat(255),
  '가'.repeat(85),
  'nul-steps',
]

/** Names that lead elsewhere, or mean something else, on some system. */
const REFUSED = [
  '',
  '.',
  '..',
  '.bin',
  '.hidden',
  '../up',
  'a/b',
  'a\\b',
  '..\\up',
  '/etc',
  'C:',
  'c:relative',
  'C:\\absolute',
  'nul',
  'NUL',
  'con',
  'aux.txt',
  'COM1',
  'lpt9.log',
  'prn ',
  'zero\u0000byte',
  'y'.repeat(256),
]

const accepts = (runId: string): boolean => CHANNELS['runs.delete'].params.safeParse({ runId }).success

/** A run that has been trained, to be put under any name. */
let trained: string

beforeAll(async () => {
  trained = await mkdtemp(join(tmpdir(), 'made-names-'))
  const folder = new RunFolder(join(trained, 'run'))
  await folder.create(newRecord('small', smallConfig({ epochs: 1 }), smallData()))
  await (await trainerOf(folder)).run()
  return () => rm(trained, { recursive: true, force: true })
})

async function put(place: string, name: string): Promise<RunFolder> {
  await cp(join(trained, 'run'), join(place, name), { recursive: true })
  return new RunFolder(join(place, name))
}

describe('a run in a folder named', () => {
  it.each(ALLOWED)('%j can be opened, renamed, deleted and restored', async (name) => {
    const place = await temporaryFolder()
    const runs = new Runs(place)
    await put(place, name)
    const [summary, ...others] = await runs.list()
    expect(others).toEqual([])
    expect(summary).toMatchObject({ id: name, status: 'finished' })
    expect(accepts(summary.id)).toBe(true)
    expect((await runs.find(summary.id)).path).toBe(join(place, name))
    const inBin = await runs.delete(summary.id)
    expect(await runs.list()).toEqual([])
    expect(await runs.listBin()).toMatchObject([{ id: inBin, status: 'finished' }])
    expect(await runs.restore(inBin)).toBe(name)
    expect((await (await runs.find(name)).readRecord()).name).toBe('small')
  })

  it.each(REFUSED)('%j is never opened: it is refused at the door and within', async (name) => {
    expect(accepts(name)).toBe(false)
    const place = join(await temporaryFolder(), 'runs')
    await mkdir(place)
    await put(join(place, '..'), 'up')
    for (const act of [
      () => new Runs(place).find(name),
      () => new Runs(place).delete(name),
      () => new Runs(place).restore(name),
    ])
      await expectFailure(act, 'not-found')
    expect(await readdir(join(place, '..'))).toEqual(['runs', 'up'])
  })

  it.skipIf(process.platform === 'win32')(
    'that cannot be an id is listed with a word about it (not on Windows)',
    async () => {
      const place = await temporaryFolder()
      await put(place, 'aux')
      await put(place, 'fine')
      expect(await new Runs(place).list()).toMatchObject([
        { id: 'fine', status: 'finished' },
        {
          id: 'aux',
          status: 'damaged',
          failure: {
            message: { english: expect.stringContaining('“aux”') },
            hint: { english: expect.stringContaining('Rename') },
          },
        },
      ])
    },
  )
})

describe('the folder of runs', () => {
  it('knows a run by its name as it is written, whatever the file system takes for the same', async () => {
    const place = await temporaryFolder()
    await put(place, 'Run')
    for (const name of ['run', 'Run ', 'Run.', 'RUN'])
      await expectFailure(() => new Runs(place).find(name), 'not-found')
  })

  it('does not look into folders of folders', async () => {
    const place = await temporaryFolder()
    await mkdir(join(place, 'group'))
    await put(join(place, 'group'), 'nested')
    expect(await new Runs(place).list()).toEqual([])
    await expectFailure(() => new Runs(place).find('group'), 'not-found')
  })

  it('shows a run that is linked into it; deleting moves the link, which still leads there', async () => {
    const place = await temporaryFolder()
    const elsewhere = await put(place, 'elsewhere')
    await mkdir(join(place, 'runs'))
    await symlink(join('..', 'elsewhere'), join(place, 'runs', 'linked'), 'junction')
    await symlink(join('..', 'nowhere'), join(place, 'runs', 'broken'), 'junction')
    const runs = new Runs(join(place, 'runs'))
    expect(await runs.list()).toMatchObject([{ id: 'linked', status: 'finished' }])
    const hold = await elsewhere.lock()
    await expectFailure(() => runs.delete('linked'), 'busy')
    await hold.release()
    const inBin = await runs.delete('linked')
    expect(await runs.list()).toEqual([])
    expect(await runs.listBin()).toMatchObject([{ id: 'linked', status: 'finished' }])
    expect((await elsewhere.readRecord()).name).toBe('small')
    expect(await elsewhere.isHeld()).toBe(false)
    await runs.restore(inBin)
    expect(await runs.list()).toMatchObject([{ id: 'linked', status: 'finished' }])
  })

  it('lists a run of another version, and a damaged one, with a word about each', async () => {
    const place = await temporaryFolder()
    await put(place, 'fine')
    const newer = await put(place, 'newer')
    await writeFile(
      join(newer.path, 'run.json'),
      JSON.stringify({ ...(await newer.readRecord()), version: 99, config: { all: 'new' } }),
    )
    const damaged = await put(place, 'damaged')
    for (const file of await readdir(damaged.path))
      if (/^(run|checkpoint)/.test(file)) await writeFile(join(damaged.path, file), '{}')
    const listed = new Map((await new Runs(place).list()).map((run) => [run.id, run]))
    expect([...listed.keys()].sort()).toEqual(['damaged', 'fine', 'newer'])
    expect(listed.get('newer')).toMatchObject({
      status: 'newer',
      failure: { code: 'newer-version' },
    })
    expect(listed.get('damaged')).toMatchObject({ status: 'damaged', failure: { code: 'damaged-file' } })
    // Its checkpoints are of this version; going on from them would undo what the other has written.
    const text = await readFile(join(newer.path, 'run.json'), 'utf8')
    await expectFailure(() => newer.readRecord(), 'newer-version', /newer MADE Studio/)
    expect(await readFile(join(newer.path, 'run.json'), 'utf8')).toBe(text)
  })

  it('keeps both where a run is deleted or restored and another of its name is there', async () => {
    const place = await temporaryFolder()
    const runs = new Runs(place)
    const ids: string[] = []
    for (let time = 0; time < 3; time++) {
      await put(place, 'same')
      ids.push(await runs.delete('same'))
    }
    expect(ids).toEqual(['same', 'same 2', 'same 3'])
    expect(await runs.listBin()).toHaveLength(3)
    const restored = []
    for (const id of ids) restored.push(await runs.restore(id))
    expect(restored).toEqual(['same', 'same 2', 'same 3'])
    await put(place, 'z'.repeat(255))
    const long = [await runs.delete('z'.repeat(255))]
    await put(place, 'z'.repeat(255))
    long.push(await runs.delete('z'.repeat(255)))
    expect(long[1]).toBe(`${'z'.repeat(253)} 2`)
  })
})
