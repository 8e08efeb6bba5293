import { execFileSync, spawnSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeNpy } from '../../src/data/npy'
import { Reading } from '../../src/data/readers/reading'
import { ZipArchive } from '../../src/data/readers/zip-archive'
import { openDataSet } from '../../src/data/data-set'
import { findEngine } from '../../src/engine/find'
import { bytesSource } from '../../src/made/safetensors'
import { zipped } from '../../src/report/archive'
import program from '../../src/report/load.py?raw'
import { parcelFiles, parcelTest, type ParcelTest } from '../../src/report/parcel'
import { reportedRun } from '../../src/report/reported-run'
import { RunFolder } from '../../src/runs/run-folder'
import { recordIn } from '../../src/runs/run-record'
import { readerOf } from '../../src/words/reader'
import { ORACLE_NAMES, readOracle } from '../reference/oracle'

const FIXTURE = new RunFolder(join(import.meta.dirname, '../fixtures/home/0.1.0/MADE Studio/runs/2026-11-26-finished-3d4e5f')) // prettier-ignore
const ORACLE = join(import.meta.dirname, '..', 'fixtures', 'oracle')
const PYTHON = process.env['MADE_BENCH_PYTHON'] ?? '/usr/bin/python3'
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0

/** Runs the program in each of some folders. */
const EACH = `
import os, runpy, sys
home, names, sys.argv = os.getcwd(), sys.argv[1:], ['load.py']
for name in names:
    os.chdir(os.path.join(home, name))
    print('####')
    runpy.run_path(os.path.join(home, 'load.py'), run_name='__main__')
`

let test: ParcelTest | null

async function packed(tested: ParcelTest | null): Promise<Buffer> {
  const facts = { runs: [await reportedRun(FIXTURE)] as const, paired: null, version: '0.0.0' }
  const pieces: Uint8Array[] = []
  for await (const piece of zipped(
    await parcelFiles(
      FIXTURE,
      facts,
      tested,
      readerOf(() => 'en'),
    ),
  ))
    pieces.push(piece)
  return Buffer.concat(pieces)
}

beforeAll(async () => {
  const record = await FIXTURE.readRecord()
  const data = await openDataSet(record.config.data, { mnistFolder: '', tablesFolder: '' })
  const model = await FIXTURE.readBest()
  const session = await (await findEngine('cpu', { build: 'typescript' })).open(model, null)
  test = await parcelTest(session, data, model, () => Promise.resolve())
  await session.close()
})

describe('a parcel', () => {
  it('has the same bytes for the same run', async () => {
    expect(Buffer.compare(await packed(test), await packed(test))).toBe(0)
  })

  it('holds the model as it is, the record, the losses, the test rows and what the program finds of them', async () => {
    const bytes = await packed(test)
    const reading = new Reading({}, bytes.length)
    const zip = await ZipArchive.open(bytesSource(bytes), 'x.zip', reading)
    const read = async (name: string): Promise<Buffer> => Buffer.from(await zip.read(name, 10_000_000, reading))
    expect(zip.names).toEqual(expect.arrayContaining(['README.txt', 'load.py', 'report.html', 'metrics.jsonl', 'test.npy', 'charts/loss.svg', 'tables/results.tex'])) // prettier-ignore
    const { test: recorded, name } = await FIXTURE.readRecord()
    expect(recordIn((await read('run.json')).toString(), 'it')?.name).toBe(name)
    // One connectivity is all that it has: what the run itself found is found again.
    expect(JSON.parse((await read('test.json')).toString())).toMatchObject({ rows: 50, connectivities: 1 })
    expect(test?.nll).toBeCloseTo(recorded?.nll ?? NaN, 4)
    expect((await read('README.txt')).toString()).toContain(test?.nll.toFixed(6))
  })

  it('without the data says how their loss is found', async () => {
    const bytes = await packed(null)
    const reading = new Reading({}, bytes.length)
    const zip = await ZipArchive.open(bytesSource(bytes), 'x.zip', reading)
    expect(zip.names).not.toContain('test.npy')
    expect(Buffer.from(await zip.read('README.txt', 10_000, reading)).toString()).toContain('made evaluate')
  })
})

describe.skipIf(!hasTorch)(
  `the PyTorch program of a parcel${hasTorch ? '' : ' — SKIPPED: PyTorch is not installed'}`,
  () => {
    let folder: string

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'made-parcel-'))
      await writeFile(join(folder, 'load.py'), program)
    })

    afterAll(() => rm(folder, { recursive: true, force: true }))

    it(
      'finds the loss of the rows of every kind of model, and draws one value of each variable',
      { timeout: 180_000 },
      async () => {
        const oracles = await Promise.all(ORACLE_NAMES.map((name) => readOracle(name)))
        for (const { name, rows } of oracles) {
          await mkdir(join(folder, name))
          await copyFile(join(ORACLE, `${name}.safetensors`), join(folder, name, 'model.safetensors'))
          await writeFile(join(folder, name, 'test.npy'), encodeNpy([rows.rows, rows.columns], rows.toBytes()))
        }
        // One process: PyTorch takes seconds to begin.
        const told = execFileSync(PYTHON, ['-c', EACH, ...ORACLE_NAMES], { cwd: folder })
          .toString()
          .split('####')
          .slice(1)
        oracles.forEach(({ name, ensemble }, i) => {
          const mean = -ensemble.reduce((sum, log) => sum + log, 0) / ensemble.length
          expect(Math.abs(Number(/test NLL (\S+) nats/.exec(told[i])?.[1]) - mean), name).toBeLessThan(1e-4)
          expect(told[i], name).toContain('tensor([[')
        })
      },
    )
  },
)
