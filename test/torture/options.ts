import { availableParallelism } from 'node:os'
import { Command, CommanderError } from 'commander'
import { KINDS, type Kind } from './kinds'

/** What the program was asked for. */
export interface Options {
  readonly kinds: readonly Kind[]
  readonly seed: number
  /** Disturbances of each kind; null for the usual number. */
  readonly count: number | null
  readonly atATime: number
  readonly short: boolean
  readonly json: boolean
}

interface Typed {
  readonly seed?: number
  readonly count?: number
  readonly parallel: number
  readonly short?: true
  readonly json?: true
}

/** @returns the options; or the exit status, when the words were wrong or asked for help, which has then been said. */
export function readOptions(argv: readonly string[]): Options | number {
  const command = new Command('npm run torture --')
    .description(
      `Makes things fail under MADE Studio, and holds what is left against a run that nothing happened to.

${KINDS.map(({ name, title }) => `${name.padEnd(10)} ${title}`).join('\n')}`,
    )
    .argument('[kinds...]', 'the kinds of trouble (default: all)')
    .option('--seed <n>', 'number that all chance comes from (default: the time)', whole)
    .option('--count <n>', 'how often each kind happens (default: a thousand kills, some hundred failures)', whole)
    .option('--parallel <n>', 'cases at a time', whole, availableParallelism())
    .option('--short', 'the short form, about a minute')
    .option('--json', 'print one line of JSON a kind')
    .exitOverride()
  try {
    command.parse([...argv], { from: 'user' })
    const { seed, count, parallel, short, json } = command.opts<Typed>()
    const kinds = command.args.map((name) => {
      const kind = KINDS.find((candidate) => candidate.name === name)
      return (
        kind ??
        command.error(`error: there is no kind "${name}"; the kinds are ${KINDS.map((one) => one.name).join(', ')}`)
      )
    })
    return {
      kinds: kinds.length > 0 ? kinds : KINDS,
      seed: seed ?? Date.now(),
      count: count ?? null,
      atATime: Math.max(1, parallel),
      short: short === true,
      json: json === true,
    }
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    throw error
  }
}

function whole(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new CommanderError(2, 'wrong-number', `"${text}" is no number`)
  return number
}
