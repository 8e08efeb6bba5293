import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '../../src/base/failure'
import { RunPlaces } from '../../src/compute/run-places'
import { take } from '../../src/compute/taking'
import { zipped } from '../../src/report/archive'
import { parcelFiles } from '../../src/report/parcel'
import { reportedRun } from '../../src/report/reported-run'
import { RunFolder } from '../../src/runs/run-folder'
import { readerOf } from '../../src/words/reader'
import { expectFailure } from '../base/expect-failure'
import { temporaryFolder } from '../training/small-run'

const FIXTURE = new RunFolder(join(import.meta.dirname, '../fixtures/home/0.1.0/MADE Studio/runs/2026-11-26-finished-3d4e5f')) // prettier-ignore

let parcel: Buffer
let files: Readonly<Record<'run.json' | 'model.safetensors' | 'metrics.jsonl', Uint8Array>>

beforeAll(async () => {
  const facts = { runs: [await reportedRun(FIXTURE)] as const, paired: null, version: '0.0.0' }
  const pieces: Uint8Array[] = []
  for await (const piece of zipped(
    await parcelFiles(
      FIXTURE,
      facts,
      null,
      readerOf(() => 'en'),
    ),
  ))
    pieces.push(piece)
  parcel = Buffer.concat(pieces)
  const record = await FIXTURE.readRecord()
  files = {
    'run.json': strToU8(JSON.stringify(record)),
    'model.safetensors': await readFile(FIXTURE.bestPath),
    'metrics.jsonl': await readFile(FIXTURE.metricsPath),
  }
})

/** A place for runs, and a zip file beside it. */
async function given(
  bytes: Uint8Array,
  name = 'From a friend.zip',
): Promise<{ here: string; path: string; places: RunPlaces }> {
  const home = await temporaryFolder()
  const [here, path] = [join(home, 'runs'), join(home, name)]
  await writeFile(path, bytes)
  return { here, path, places: new RunPlaces({ runsFolder: here, modelsFolder: '/nowhere' }) }
}

/** Every file below a folder. */
async function filesBelow(path: string): Promise<string[]> {
  return (await readdir(path, { recursive: true }).catch(() => [])).sort()
}

describe('a parcel that is opened', () => {
  it('is among the runs, with its curves, its model and its samples, once', async () => {
    const { path, places } = await given(parcel)
    const taken = await take(path, places)
    if (taken.kind !== 'run') throw new Error('it was taken for data')
    expect(await take(path, places)).toEqual(taken)
    const listed = await places.list()
    const before = await FIXTURE.readRecord()
    expect(listed).toMatchObject([{ id: taken.runId, name: before.name, status: 'finished', hasBest: true, test: before.test }]) // prettier-ignore
    const [there, here] = await Promise.all([FIXTURE, await places.of(taken.runId).find(taken.runId)].map((folder) => folder.readHistory(before))) // prettier-ignore
    expect(here.epochs).toEqual(there.epochs)
    expect(there.sampleEpochs).toEqual(expect.arrayContaining([...here.sampleEpochs]))
    expect(await (await places.of(taken.runId).find(taken.runId)).readBest()).toEqual(await FIXTURE.readBest())
  })

  it('gets another name where a run has its own, and nothing is overwritten', async () => {
    const { path, places, here } = await given(parcel)
    const mine = new RunFolder(join(here, 'mine'))
    const record = await FIXTURE.readRecord()
    await mine.create(record)
    const before = await readFile(join(mine.path, 'run.json'))
    await take(path, places)
    expect((await places.list()).map(({ name }) => name).sort()).toEqual([record.name, `${record.name} 2`])
    expect(await readFile(join(mine.path, 'run.json'))).toEqual(before)
  })

  it('is over or paused here, whatever it was at where it was made', async () => {
    const record = { ...(await FIXTURE.readRecord()), status: 'training' }
    const { path, places } = await given(zipSync({ ...files, 'run.json': strToU8(JSON.stringify(record)) }))
    await take(path, places)
    expect(await places.list()).toMatchObject([{ status: 'paused' }])
  })

  it('is data where it is another zip file', async () => {
    const { path, places } = await given(zipSync({ 'table.csv': strToU8('a,b\n1,0\n') }))
    expect(await take(path, places)).toEqual({ kind: 'data' })
  })
})

describe('a zip file that would do harm', () => {
  const strange = (name: string, attrs = 0): Zippable => ({ ...files, [name]: [strToU8('x'), { attrs, os: 3 }] })

  it.each([
    ['leads out of the folder', () => strange('../evil.txt')],
    ['leads out by a backslash', () => strange('samples\\..\\..\\evil.txt')],
    ['leads to a drive', () => strange('C:evil.txt')],
    ['leads to the root', () => strange('/etc/evil')],
    ['holds a link', () => strange('samples/epoch-00001.npy', 0o120777 << 16)],
    ['has the model of another run', async () => ({ ...files, 'run.json': strToU8(JSON.stringify({ ...(await FIXTURE.readRecord()), config: { ...(await FIXTURE.readRecord()).config, hidden: [9] } })) })], // prettier-ignore
    ['has a record that is none', () => ({ ...files, 'run.json': strToU8('{"version":6}') })],
    ['has a model that is none', () => ({ ...files, 'model.safetensors': new Uint8Array(100) })],
    ['holds too many files', () => ({ ...files, ...Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`f${i}`, new Uint8Array(0)])) })], // prettier-ignore
    ['is a bomb', () => ({ ...files, 'metrics.jsonl': [new Uint8Array(50_000_000), { level: 9 }] }) satisfies Zippable],
  ] as const)('is refused in a sentence where it %s, and nothing is left', async (_what, made) => {
    const { path, places, here } = await given(zipSync((await Promise.resolve(made())) as Zippable))
    const refused = await take(path, places).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StudioError)
    expect((refused as StudioError).says.english).toMatch(/^[^\n]+\.$/)
    expect(await filesBelow(here)).toEqual([])
  })

  it('is refused where it names a file twice', async () => {
    const bytes = Buffer.from(zipSync({ ...files, 'run.jsoX': strToU8('{}') }))
    for (let at = bytes.indexOf('run.jsoX'); at >= 0; at = bytes.indexOf('run.jsoX')) bytes.write('run.json', at)
    const { path, places, here } = await given(bytes)
    await expectFailure(() => take(path, places), 'damaged-file', /twice|two/)
    expect(await filesBelow(here)).toEqual([])
  })

  it(
    'damaged anywhere, is a whole run, or refused, or data; nothing else is ever written',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }), { minLength: 1, maxLength: 4 }),
          fc.option(fc.nat()),
          async (changes, cut) => {
            const bytes = Buffer.from(parcel)
            for (const { at, byte } of changes) bytes[at % bytes.length] = byte
            const { path, places, here } = await given(cut === null ? bytes : bytes.subarray(0, cut % bytes.length))
            const taken = await take(path, places).catch((error: unknown) => error)
            if (taken instanceof Error) {
              expect(taken).toBeInstanceOf(StudioError)
              expect(await filesBelow(here)).toEqual([])
              return
            }
            const listed = await places.list()
            expect(listed.every(({ status }) => status !== 'damaged')).toBe(true)
            for (const name of await filesBelow(here))
            expect(name).toMatch(/^parcel-From-a-friend-[0-9a-f]{12}(\/(run\.json|best\.safetensors|metrics\.jsonl|samples(\/epoch-\d{5}\.npy)?))?$/) // prettier-ignore
          },
        ),
        { numRuns: 60 },
      )
    },
  )
})
