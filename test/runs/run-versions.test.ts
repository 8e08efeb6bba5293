import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeSafetensors } from '../../src/made/safetensors'
import { START } from '../../src/runs/counters'
import { RunFolder } from '../../src/runs/run-folder'
import { runRecordSchema, type RunRecord } from '../../src/runs/run-record'
import { migratedRecord, migratedSettings, RUN_VERSION } from '../../src/runs/run-versions'
import { Runs } from '../../src/runs/runs'
import { runConfigSchema } from '../../src/shared/run-config'
import { verbatim } from '../../src/words/say'

/** run.json as it was written at different times, by the version in their names. */
const fixtures = join(import.meta.dirname, '..', 'fixtures', 'runs')

async function fixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(fixtures, `${name}.json`), 'utf8'))
}

async function read(name: string): Promise<RunRecord> {
  return runRecordSchema.parse(migratedRecord(await fixture(name), name))
}

describe('run.json of every age', () => {
  it('is read, and becomes the newest version', async () => {
    for (const file of await readdir(fixtures)) {
      const name = file.replace('.json', '')
      const old = (await fixture(name)) as RunRecord
      const record = await read(name)
      expect(record.version, name).toBe(RUN_VERSION)
      // What was known then is known still.
      const { config, data, engine, version: _, ...rest } = old
      expect(record, name).toMatchObject(rest)
      expect(record.data, name).toMatchObject(data)
      // Version 2 named the device by an English text.
      const device = (text: unknown): unknown => (typeof text === 'string' ? verbatim(text) : text)
      expect(record.engine, name).toEqual(
        engine === null ? null : expect.objectContaining({ ...engine, device: device(engine.device) }),
      )
      if (config.data.kind !== ('npz' as string)) expect(record.config, name).toMatchObject(config)
      // A file that is written is read as it is.
      expect(runRecordSchema.parse(migratedRecord(JSON.parse(JSON.stringify(record)), name)), name).toEqual(record)
    }
  })

  it('gets what the first runs did not keep', async () => {
    const { data, engine } = await read('1-mnist')
    expect([data.toFill, data.references, engine?.measured]).toEqual([0, null, null])
    expect((await read('1-npz')).config.data).toEqual({
      kind: 'file',
      path: '/home/someone/chain.npz',
      preparation: null,
    })
    expect((await read('1-file')).config.data).toMatchObject({ preparation: { ownBits: [], pictureSize: null } })
    expect((await read('1-picture-size')).config.data).toMatchObject({
      preparation: { ownBits: [], pictureSize: { width: 14, height: 14 }, missing: 'model' },
    })
    expect((await read('1-picture-size')).data.toFill).toBe(17)
    expect((await read('1-measured')).engine?.measured).toHaveLength(2)
    // All steps were as long as the optimizer made them, and weights were taken as they were.
    for (const name of ['1-mnist', '2'])
      expect((await read(name)).config).toMatchObject({
        learningRateSchedule: 'constant',
        averagedEpochs: 1,
        outputBiases: 'zero',
      })
  })

  it('gives its settings to a new run, as does a file of settings alone', async () => {
    const record = (await fixture('1-npz')) as { readonly config: object }
    for (const given of [record, record.config, { ...record.config, version: 1 }])
      expect(runConfigSchema.parse(migratedSettings(given, 'it')).data).toMatchObject({ kind: 'file' })
    expect(() => migratedSettings({ ...record.config, version: RUN_VERSION + 1 }, 'it')).toThrow(/newer MADE Studio/)
  })
})

describe('a run of a newer MADE Studio', () => {
  let path: string
  let runs: Runs
  let text: string

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'made-versions-'))
    runs = new Runs(path)
    await mkdir(join(path, 'later'))
    text = JSON.stringify({ ...((await fixture('2')) as object), version: RUN_VERSION + 1, config: 'in another form' })
    await writeFile(join(path, 'later', 'run.json'), text)
  })

  afterEach(() => rm(path, { recursive: true, force: true }))

  it('is listed as such, refused in words, and left as it is', async () => {
    expect(await runs.list()).toMatchObject([{ id: 'later', status: 'newer', failure: { code: 'newer-version' } }])
    await expect(new RunFolder(join(path, 'later')).readRecord()).rejects.toMatchObject({
      code: 'newer-version',
      message: expect.stringContaining('A newer MADE Studio has written the run in'),
    })
    expect(await readFile(join(path, 'later', 'run.json'), 'utf8')).toBe(text)
  })

  it('is refused although its checkpoint carries a copy that an earlier one wrote', async () => {
    const metadata = { format: 'made-checkpoint', version: '1', run: JSON.stringify(await fixture('1-mnist')) }
    const counters = JSON.stringify(START)
    await writeFile(
      join(path, 'later', 'checkpoint.safetensors'),
      Buffer.concat([...encodeSafetensors([], { ...metadata, counters })]),
    )
    const folder = new RunFolder(join(path, 'later'))
    await expect(folder.readRecord()).rejects.toMatchObject({ code: 'newer-version' })
    // Where there is no run.json any more, the copy is what there is.
    await rm(join(path, 'later', 'run.json'))
    expect((await folder.readRecord()).name).toBe('First digits')
  })
})
