import { mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { generate } from '../generate'
import type { Input } from '../input'
import { findOf, runInput, type Find, type Verdict } from '../run-input'
import { targetNamed } from '../targets/all'
import { Ground } from './ground'
import {
  addFigures,
  figuresOf,
  markFileIn,
  NO_FIGURES,
  type FromWorker,
  type ToWorker,
  type WorkerSettings,
} from './protocol'

/** The process that runs inputs: whatever they do to it, the campaign goes on. Its settings are its one argument, as JSON. */

const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerSettings
const FILES = join(settings.place, 'files')
const mark = openSync(markFileIn(settings.place), 'w')
const target = targetNamed(settings.target)
let corpus: readonly Input[] = []
let ground: Ground | null = null
/** What was thrown where nobody waited for it. */
let stray: Find | null = null

process.on('uncaughtException', (thrown) => (stray ??= findOf(thrown)))
process.on('disconnect', () => process.exit())
// In an endless loop a process does not hear that the one that started it is gone; a thread of its own does.
new Worker(
  `const parent = process.ppid
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), 2000)`,
  { eval: true },
).unref()
process.on('message', (message: ToWorker) => void answer(message))

async function answer(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'corpus':
      corpus = message.corpus
      if (settings.explores) ground = await Ground.begin()
      tell({ kind: 'ready' })
      break
    case 'try':
      tell({ kind: 'tried', verdict: await run(message.input) })
      break
    case 'stretch':
      await runStretch(message.from, message.count)
      break
  }
}

async function runStretch(from: number, count: number): Promise<void> {
  let figures = NO_FIGURES
  for (let index = from; index < from + count; index++) {
    writeMark(index)
    const input = generate(target, corpus, settings.seed, index)
    const verdict = await run(input)
    figures = addFigures(figures, figuresOf(verdict, index))
    if (verdict.kind === 'find') tell({ kind: 'find', index, input, verdict })
    else if (await ground?.isNew()) tell({ kind: 'new-ground', input })
  }
  tell({ kind: 'stretch-done', figures })
}

async function run(input: Input): Promise<Verdict> {
  stray = null
  const verdict = await runInput(target, input, emptyFolder)
  await nextTurn()
  const { milliseconds, memory, peak } = verdict
  return stray === null || verdict.kind === 'find' ? verdict : { milliseconds, memory, peak, kind: 'find', find: stray }
}

function emptyFolder(): string {
  rmSync(FILES, { recursive: true, force: true })
  mkdirSync(FILES)
  return FILES
}

function writeMark(index: number): void {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(index)
  writeSync(mark, bytes, 0, 8, 0)
}

function tell(message: FromWorker): void {
  process.send?.(message)
}
