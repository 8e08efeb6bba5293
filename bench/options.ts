import { Command, CommanderError, Option } from 'commander'
import { ENGINE_IDS, type EngineId } from '../src/made/engines'
import { BUILD_NAMES, type BuildName } from './builds'
import { jobsOf } from './jobs'

/** What the benchmark was asked for. */
export interface Options {
  readonly engine: EngineId
  /** Builds of the cpu engine to force; null takes the fastest that works here. */
  readonly builds: readonly BuildName[] | null
  /** A part of the names of the cases to time; empty for all. */
  readonly only: string
  readonly json: boolean
  readonly quick: boolean
  /** Whether a GPU that the processor plays may be timed. */
  readonly software: boolean
}

interface Typed {
  readonly engine: EngineId
  readonly build?: string
  readonly only?: string
  readonly json?: true
  readonly quick?: true
  readonly software?: true
}

/** @returns the options; or the exit status, when the words were wrong or asked for help, which has then been said. */
export function readOptions(argv: readonly string[]): Options | number {
  const command = new Command('npm run bench --')
    .description('Times the engines of MADE Studio beside PyTorch and TensorFlow on this computer.')
    .addOption(new Option('--engine <id>', 'the engine to time').choices(ENGINE_IDS).default('cpu'))
    .option(
      '--build <names>',
      `builds of the cpu engine, separated by commas: ${BUILD_NAMES.join(', ')} (default: the fastest that works)`,
    )
    .option('--only <text>', 'only cases with this in their name')
    .option('--json', 'print one JSON line a case')
    .option('--quick', 'fewer and shorter rounds')
    .option('--software', 'time webgpu also where the processor plays the GPU, to try the benchmark itself')
    .exitOverride()
  try {
    command.parse(argv, { from: 'user' })
    const typed = command.opts<Typed>()
    const builds = typed.build?.split(',').map((name) => buildNamed(command, name)) ?? null
    if (builds && typed.engine !== 'cpu') command.error('error: --build is for the cpu engine')
    const only = typed.only ?? ''
    const jobs = jobsOf(typed.engine)
    if (!jobs.some(({ name }) => name.includes(only)))
      command.error(
        `error: no case has "${only}" in its name; the cases are ${[...new Set(jobs.map(({ name }) => name))].join('; ')}`,
      )
    return {
      engine: typed.engine,
      builds,
      only,
      json: typed.json === true,
      quick: typed.quick === true,
      software: typed.software === true,
    }
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    throw error
  }
}

function buildNamed(command: Command, text: string): BuildName {
  const name = BUILD_NAMES.find((known) => known === text.trim())
  return name ?? command.error(`error: there is no build "${text}"; the builds are ${BUILD_NAMES.join(', ')}`)
}
