import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, Option } from 'commander'
import { inProject } from '../../scripts/setup/project.mjs'
import { readInput } from './input'
import { runInput } from './run-input'
import { Campaign, type CampaignResult } from './running/campaign'
import { addFigures, NO_FIGURES, type Figures } from './running/protocol'
import { headLine, lineOf, progressLine } from './running/report'
import type { Target } from './target'
import { TARGETS, targetNamed } from './targets/all'

/** `npm run fuzz`: gives mutated inputs to everything that reads what comes from outside. */

interface Options {
  readonly targets?: string
  readonly inputs: string
  readonly minutes?: string
  readonly seed: string
  readonly from?: string
  readonly out: string
  readonly patience: string
  readonly explore?: true
  readonly list?: true
  readonly replay?: string
}

/** What was done before with each seed and target, so that another call goes on after it. */
type Progress = Record<string, { readonly next: number; readonly figures: Figures }>

const stop = new AbortController()

async function main(): Promise<number> {
  const program = new Command('npm run fuzz --')
    .description(
      'Gives mutated inputs to readers, model files, run folders, requests and messages, and writes down what goes wrong.',
    )
    .option('--targets <names>', 'which, separated by commas (default: all)')
    .addOption(new Option('--inputs <n>', 'how many inputs in all, divided among the targets').default('100000'))
    .option('--minutes <m>', 'how long in all at the most, divided alike (default: as long as it takes)')
    .addOption(new Option('--seed <n>', 'number that all chance comes from').default('1'))
    .option('--from <n>', 'number of the first input of each target (default: where this seed was left off)')
    .addOption(
      new Option('--out <folder>', 'where finds, kept inputs and progress go').default(inProject('.cache', 'fuzz')),
    )
    .addOption(new Option('--patience <s>', 'seconds after which an input without an answer is a find').default('60'))
    .option('--explore', 'keep inputs that reach new parts of the program, and make others of them; slower')
    .option('--list', 'list the targets')
    .option('--replay <folder>', 'run the input in a folder again, such as one of finds/<target>')
  program.parse()
  const options = program.opts<Options>()
  if (options.list) {
    for (const { name, what } of TARGETS) console.log(`${name.padEnd(16)}${what}`)
    return 0
  }
  const targets = (options.targets?.split(',') ?? TARGETS.map(({ name }) => name)).map(targetNamed)
  if (options.replay !== undefined) return replay(targets, options.replay)
  process.once('SIGINT', () => stop.abort()).once('SIGTERM', () => stop.abort())
  return runAll(targets, options)
}

async function runAll(targets: readonly Target[], options: Options): Promise<number> {
  const out = resolve(options.out)
  mkdirSync(out, { recursive: true })
  const shares = targets.reduce((sum, { share }) => sum + share, 0)
  const lines: string[] = []
  let finds = 0
  for (const target of targets) {
    if (stop.signal.aborted) break
    const { figures, differentFinds } = await runOne(target, options, out, target.share / shares)
    lines.push(lineOf(target.name, figures))
    finds += differentFinds
  }
  console.log([headLine(), ...lines].join('\n'))
  return finds > 0 ? 1 : 0
}

async function runOne(target: Target, options: Options, out: string, share: number): Promise<CampaignResult> {
  const seed = numberOf('--seed', options.seed)
  const key = `${target.name} ${seed}`
  const progressFile = join(out, 'progress.json')
  const before = progressIn(progressFile)[key]
  const from = options.from === undefined ? (before?.next ?? 0) : numberOf('--from', options.from)
  const minutes = options.minutes === undefined ? Infinity : numberOf('--minutes', options.minutes)
  const campaign = new Campaign(
    target,
    {
      program: fileURLToPath(new URL('worker.js', import.meta.url)),
      seed,
      from,
      inputs: Math.ceil(share * numberOf('--inputs', options.inputs)),
      milliseconds: share * minutes * 60_000,
      out,
      explores: options.explore === true,
      patience: 1000 * numberOf('--patience', options.patience),
      signal: stop.signal,
    },
    {
      progress: (figures) => progressLine(target.name, figures),
      find: (record, folder) =>
        console.log(`FIND  ${target.name} ${record.kind}: ${record.words.slice(0, 300)}\n      ${folder}`),
    },
  )
  const result = await campaign.run()
  const figures =
    before && options.from === undefined
      ? addFigures({ ...NO_FIGURES, ...before.figures }, result.figures)
      : result.figures
  writeFileSync(
    progressFile,
    JSON.stringify({ ...progressIn(progressFile), [key]: { next: result.next, figures } }, null, 2),
  )
  return result
}

/** Runs one input here, so that a debugger can look on. */
async function replay(targets: readonly Target[], path: string): Promise<number> {
  const folder = resolve(path)
  const [target] = targets.length === 1 ? targets : targets.filter(({ name }) => folder.split(/[\\/]/).includes(name))
  if (!target) throw new Error('Name the target with --targets.')
  const place = mkdtempSync(join(tmpdir(), 'made-fuzz-'))
  try {
    const verdict = await runInput(target, readInput(folder), () => place)
    console.log(
      verdict.kind === 'find' ? `${verdict.find.kind}: ${verdict.find.words}\n${verdict.find.stack}` : verdict.outcome,
    )
    return verdict.kind === 'find' ? 1 : 0
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function progressIn(path: string): Progress {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Progress) : {}
}

function numberOf(option: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new Error(`The value of ${option} is "${text}", which is no number of 0 or more.`)
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 2
})
