import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DataSummary, Params, StudioEvent } from '../../../src/shared/contract'
import { syntheticSource, type DataSource } from '../../../src/shared/data-source'
import { DEFAULT_RUN_CONFIG, type RunConfig } from '../../../src/shared/run-config'
import { readInput, writeInput, type Input } from '../input'
import { fixturesNamed } from '../targets/table-files'
import { Studio } from './studio'

/** What stands in trees and files for the home that they are put in. */
export const HOME = '{home}'

/** Small synthetic rows. */
export const BARS = {
  ...syntheticSource('bars-and-stripes'),
  set: { kind: 'bars-and-stripes', size: 3 },
  rows: { train: 40, valid: 10, test: 10 },
} satisfies DataSource
/** A table with words, numbers, bits, a label, and gaps. */
export const TABLE = `${HOME}/data/fruit.csv`
/** Grey pictures with labels. */
export const PICTURES = `${HOME}/data/t10k-images-idx3-ubyte.gz`

/** A run that is over within a moment. */
export const CONFIG: RunConfig = {
  ...DEFAULT_RUN_CONFIG,
  data: BARS,
  hidden: [6],
  batchSize: 20,
  epochs: 2,
  validationPairs: 2,
  testPairs: 2,
  engine: 'cpu',
}
/** A run that lasts until it is ended. */
export const ENDLESS: RunConfig = { ...CONFIG, epochs: 100_000, lookAhead: 100_000 }

let made: Promise<Input> | null = null

/**
 * Makes a folder the home of somebody who has been at work: files of data, the run `bars`, which is over, the run `fruit` of
 * the table, the run `half`, which was training when the program was closed, and the run `old` in the bin.
 */
export async function furnish(home: string): Promise<void> {
  made ??= makeHome()
  writeInput(home, namedAs(await made, HOME, home))
  mkdirSync(join(home, 'written'))
}

/** The files of a home, made by the program itself, in which the home is called `HOME`. */
async function makeHome(): Promise<Input> {
  const home = mkdtempSync(join(tmpdir(), 'made-fuzz-home-'))
  try {
    writeInput(join(home, 'data'), new Map([['fruit.csv', new TextEncoder().encode(fruit())]]))
    for (const pictures of fixturesNamed(/^t10k/, 'readers', 'idx')) writeInput(join(home, 'data'), pictures)
    const studio = Studio.open(home)
    const table = await studio.request('data.open', {
      source: { kind: 'file', path: TABLE.replace(HOME, home), preparation: null },
    })
    if (!table.ok) throw new Error(table.failure.message.english)
    const { source } = table.value as DataSummary
    if (source.kind !== 'file' || source.preparation === null) throw new Error('a table is not prepared')
    const preparation = { ...source.preparation, missing: 'model' as const, learnsLabel: true }
    const ids = new Map([
      ['bars', await trained(studio, 'bars', CONFIG)],
      ['fruit', await trained(studio, 'fruit', { ...CONFIG, data: { ...source, preparation }, orderings: -1 })],
      ['old', await trained(studio, 'old', CONFIG)],
      ['half', await trained(studio, 'half', ENDLESS)],
    ])
    await studio.request('runs.delete', { runId: ids.get('old') })
    await studio.close()
    for (const [id, runId] of ids) {
      const folder = join(home, 'runs', ...(id === 'old' ? ['.bin'] : []))
      renameSync(join(folder, runId), join(folder, id))
    }
    return namedAs(readInput(home), home, HOME)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** Starts a run and waits until it is over; until it is saved once where it is endless. @returns its id */
async function trained(studio: Studio, name: string, config: RunConfig): Promise<string> {
  const heard = new Promise<void>((resolve) => studio.onEvent((event) => isTrained(event, config) && resolve()))
  const reply = await studio.request('run.start', { name, config } satisfies Params<'run.start'>)
  if (!reply.ok) throw new Error(reply.failure.message.english)
  await heard
  return (reply.value as { readonly runId: string }).runId
}

function isTrained(event: StudioEvent, { epochs }: RunConfig): boolean {
  if (event.type !== 'run') return false
  if (epochs === ENDLESS.epochs) return event.event.type === 'saved'
  return event.event.type === 'state' && event.event.state.kind === 'finished'
}

/** Files in which a folder is called by another name: that in the records of runs, which say where their data are. */
function namedAs(files: Input, name: string, other: string): Input {
  const inJson = (text: string): string => JSON.stringify(text).slice(1, -1)
  return new Map(
    [...files].map(([path, bytes]) =>
      path.endsWith('run.json')
        ? [path, new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll(inJson(name), inJson(other)))]
        : [path, bytes],
    ),
  )
}

function fruit(): string {
  const rows = Array.from({ length: 60 }, (_, i) => {
    const sort = ['apple', 'pear', 'plum'][i % 3]
    return [i % 7 === 5 ? '' : ['red', 'green', 'blue'][(i * i) % 3], i % 11 === 3 ? '' : 10 + (i % 5), i % 2, sort]
  })
  return `${[['colour', 'weight', 'ripe', 'class'], ...rows].map((row) => row.join(',')).join('\n')}\n`
}
