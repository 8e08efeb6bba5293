import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Reading } from '../../src/data/readers/reading'
import { ZipArchive } from '../../src/data/readers/zip-archive'
import { bytesSource } from '../../src/made/safetensors'
import { zipped } from '../../src/report/archive'
import { reportPage } from '../../src/report/document'
import { reportFiles } from '../../src/report/report-files'
import { reportedRun, type ReportedRun } from '../../src/report/reported-run'
import { RunFolder } from '../../src/runs/run-folder'
import { pairedTest } from '../../src/shared/paired-test'
import { LANGUAGE_IDS } from '../../src/words/languages'
import { readerOf } from '../../src/words/reader'

const FIXTURE = join(import.meta.dirname, '../fixtures/home/0.1.0/MADE Studio/runs/2026-11-26-finished-3d4e5f')
const HOSTILE = `</style><script src="http://x">alert('1')</script>`
const english = readerOf(() => 'en')

let home: string
let plain: ReportedRun
let hostile: ReportedRun

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'made-report-'))
  plain = await reportedRun(new RunFolder(FIXTURE))
  const path = join(home, 'copy')
  await cp(FIXTURE, path, { recursive: true })
  await new RunFolder(path).rename(HOSTILE)
  hostile = await reportedRun(new RunFolder(path))
})

afterAll(() => rm(home, { recursive: true, force: true }))

const facts = (...[first, ...others]: [ReportedRun, ...ReportedRun[]]) => ({ runs: [first, ...others] as const, paired: null, version: '0.0.0' }) // prettier-ignore

/** Whatever a page could load or run. */
const LOADS =
  /<script|<link|<iframe|<object|<embed|\son[a-z]+=|(?:src|href|url)\s*[=(]\s*["']?(?!data:image\/png;base64,)[a-z]+:|@import/i

describe('the page of a report', () => {
  it('says what came out: losses, their interval, the hash of the data, what computed', () => {
    const page = reportPage(facts(plain), english)
    const { test, best } = plain.summary
    expect(test).not.toBeNull()
    for (const part of [
      test?.nll.toFixed(2),
      test?.interval95.toFixed(2),
      best?.validNll.toFixed(2),
      plain.summary.dataHash,
      'MADE Studio 0.0.0',
      'made train --data synthetic:bars-and-stripes,size=4,train=200,valid=50,test=50,seed=1 --hidden 8',
    ])
      // prettier-ignore
      expect(page).toContain(String(part))
  })

  it('loads nothing and runs nothing, in whatever language and whatever names are', () => {
    for (const language of LANGUAGE_IDS)
      for (const page of [
        reportPage(
          facts(plain),
          readerOf(() => language),
        ),
        reportPage(
          facts(hostile),
          readerOf(() => language),
        ),
        reportPage(
          facts(hostile, plain),
          readerOf(() => language),
        ),
      ]) {
        expect(page.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(LOADS)
        expect(page).toContain(`<html lang="${language}">`)
        expect(page).not.toMatch(/undefined|NaN|\[object/)
      }
    expect(`<img src="http://x">`).toMatch(LOADS)
  })

  it('compares runs that have not all settings in common', () => {
    const fresh = { ...hostile, summary: { ...hostile.summary, config: { ...hostile.summary.config, orderings: -1 } } }
    for (const page of [reportPage(facts(fresh, plain), english), reportPage(facts(plain, fresh), english)])
      expect(page).toContain('Connectivities in the test, where they are unlimited')
  })

  it('is the same for the same run', async () => {
    const again = await reportedRun(new RunFolder(FIXTURE))
    expect(reportPage(facts(again), english)).toBe(reportPage(facts(plain), english))
  })

  it('tells how compared runs differ row by row where that is known', () => {
    const paired = pairedTest(
      new Map([
        [plain.summary.id, { nats: Float64Array.of(3, 4, 5) }],
        [hostile.summary.id, { nats: Float64Array.of(1, 2, 2.5) }],
      ]),
    )
    const page = reportPage({ ...facts(plain, hostile), paired }, english)
    expect(page).toContain('best of these')
    expect(page).toContain('+2.17 ± 0.33 worse')
    expect(reportPage(facts(plain, hostile), english)).not.toContain('best of these')
  })
})

describe('a report with its files', () => {
  it('is a zip file of the same bytes for the same run, with charts and tables of each kind', async () => {
    const packed = async (): Promise<Buffer> => {
      const pieces: Uint8Array[] = []
      for await (const piece of zipped(reportFiles(facts(hostile), english))) pieces.push(piece)
      return Buffer.concat(pieces)
    }
    const zip = await packed()
    expect(Buffer.compare(zip, await packed())).toBe(0)
    const reading = new Reading({}, zip.length)
    const archive = await ZipArchive.open(bytesSource(zip), 'x.zip', reading)
    expect(archive.names).toEqual([
      'report.html',
      ...['svg', 'png', 'csv'].map((ending) => `charts/loss.${ending}`),
      ...['results', 'settings'].flatMap((name) => ['csv', 'md', 'tex'].map((ending) => `tables/${name}.${ending}`)),
    ])
    for (const name of archive.names) expect((await archive.read(name, 10_000_000, reading)).length).toBeGreaterThan(50)
  })
})
