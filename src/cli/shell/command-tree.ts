import type { Command } from 'commander'
import { SPLITS } from '../../data/split'
import { CPU_BUILDS } from '../../engine/processor-use'
import { ENGINE_CHOICES } from '../../made/engines'
import { INITIALISATIONS, OUTPUT_BIASES } from '../../made/initialisation'
import { OPTIMIZER_KINDS } from '../../made/optimizer'
import { ACTIVATIONS } from '../../made/spec'
import { LEARNING_RATE_SCHEDULES } from '../../made/step-schedule'
import { MISSING_VALUES } from '../../shared/data-source'
import { PRESETS } from '../../shared/presets'
import { LANGUAGE_IDS } from '../../words/languages'

/** What may stand in a place of the command line: one of some words, beside a file or folder where those may be named too. */
export interface Place {
  readonly words: readonly string[]
  readonly paths: 'files' | 'folders' | null
}

/** An option as it is typed. */
export interface TypedOption {
  /** With its dashes. */
  readonly long: string
  /** What it takes, such as "<file>"; null for a switch. */
  readonly takes: string | null
  readonly description: string
  readonly value: Place
}

/** A command and what is typed after it, as far as a shell can help with it. */
export interface TypedCommand {
  /** The words that it begins with, after "made": "train", "data inspect", or none for "made" itself. */
  readonly path: string
  readonly description: string
  readonly usage: string
  readonly options: readonly TypedOption[]
  readonly argument: Place
  readonly commands: readonly { readonly name: string; readonly description: string }[]
}

const NOTHING: Place = { words: [], paths: null }

/** The words that an option takes. */
const WORDS_OF: Readonly<Partial<Record<string, readonly string[]>>> = {
  '--engine': ENGINE_CHOICES,
  '--kernels': CPU_BUILDS,
  '--preset': PRESETS.map(({ id }) => id),
  '--activation': ACTIVATIONS,
  '--initialisation': INITIALISATIONS,
  '--output-biases': OUTPUT_BIASES,
  '--optimizer': OPTIMIZER_KINDS,
  '--learning-rate-schedule': LEARNING_RATE_SCHEDULES,
  '--ordering': ['natural', 'random'],
  '--missing': MISSING_VALUES,
  '--split': [...SPLITS, 'all'],
  '--lang': LANGUAGE_IDS,
}

/** Every command of the program, itself first. */
export function commandTree(program: Command): TypedCommand[] {
  const walk = (command: Command, path: string): TypedCommand[] => [
    {
      path,
      description: command.description(),
      usage: command.createHelp().commandUsage(command),
      options: [
        ...command.options.map((option): TypedOption => {
          const long = option.long ?? option.flags
          const takes = /<[^>]*>.*$/.exec(option.flags)?.[0] ?? null
          return { long, takes, description: option.description, value: placeOf(long, takes) }
        }),
        { long: '--help', takes: null, description: 'say how it is used', value: NOTHING },
      ],
      argument: argumentOf(command),
      commands: command.commands.map((one) => ({ name: one.name(), description: one.description() })),
    },
    ...command.commands.flatMap((one) => walk(one, path === '' ? one.name() : `${path} ${one.name()}`)),
  ]
  return walk(program, '')
}

function placeOf(long: string, takes: string | null): Place {
  const words = WORDS_OF[long]
  if (words) return { words, paths: null }
  if (long === '--data') return { words: ['mnist'], paths: 'files' }
  switch (takes) {
    case '<file>':
      return { words: [], paths: 'files' }
    case '<folder>':
      return { words: [], paths: 'folders' }
    default:
      return NOTHING
  }
}

function argumentOf(command: Command): Place {
  const argument = command.registeredArguments.at(0)
  if (argument === undefined) return NOTHING
  if (argument.argChoices) return { words: argument.argChoices, paths: null }
  return { words: [], paths: argument.name() === 'folder' ? 'folders' : 'files' }
}

/** The first sentence, short enough for a line of a menu. */
export function inShort(description: string): string {
  return description.split(/[;:(]/)[0].trim()
}
