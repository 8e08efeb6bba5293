import { Command, Help, type Argument, type CommanderError, type Option } from 'commander'
import stringWidth from 'string-width'
import { inTurn } from '../base/advice'
import { say, verbatim, type MessageKey, type Sentence } from '../words/say'
import { UsageError } from './usage'
import { t, tell } from './words'

/** Commander's titles. */
const TITLES: Readonly<Record<string, MessageKey>> = {
  'Usage:': 'cli.title.usage',
  'Arguments:': 'cli.title.arguments',
  'Options:': 'cli.title.options',
  'Commands:': 'cli.title.commands',
}

/** What stands for something that is typed; single letters, such as <n>, are the same in every language. */
const PLACES: Readonly<Record<string, MessageKey>> = {
  options: 'cli.place.options',
  command: 'cli.place.command',
  file: 'cli.place.file',
  folder: 'cli.place.folder',
  'run-or-model': 'cli.place.run-or-model',
  source: 'cli.place.source',
  shell: 'cli.place.shell',
  language: 'cli.place.language',
  build: 'cli.place.build',
  way: 'cli.place.way',
  part: 'cli.place.part',
  mark: 'cli.place.mark',
  marks: 'cli.place.marks',
  name: 'cli.place.name',
  column: 'cli.place.column',
  columns: 'cli.place.columns',
  bits: 'cli.place.bits',
  bins: 'cli.place.bins',
  values: 'cli.place.values',
  units: 'cli.place.units',
  which: 'cli.place.which',
}

/** Help in the language that is spoken. Descriptions say themselves what happens by default. */
export class SpokenHelp extends Help {
  override styleTitle(title: string): string {
    const key = TITLES[title]
    return key === undefined ? title : t(key)
  }

  override commandUsage(command: Command): string {
    return withPlaces(super.commandUsage(command))
  }

  override subcommandTerm(command: Command): string {
    return withPlaces(super.subcommandTerm(command))
  }

  override optionTerm(option: Option): string {
    return withPlaces(super.optionTerm(option))
  }

  override argumentTerm(argument: Argument): string {
    return placeName(argument.name())
  }

  override optionDescription({ description }: Option): string {
    return description
  }

  override argumentDescription({ description }: Argument): string {
    return description
  }

  /** Columns of a terminal: two for a syllable of Hangul. */
  override displayWidth(text: string): number {
    return stringWidth(text)
  }
}

/** A command that is helped with and refused in the language that is spoken. */
export class SpokenCommand extends Command {
  override createCommand(name?: string): SpokenCommand {
    return new SpokenCommand(name)
  }

  override createHelp(): Help {
    return Object.assign(new SpokenHelp(), this.configureHelp())
  }
}

function withPlaces(text: string): string {
  return text.replace(/([<[])([^>\]]+)([>\]])/g, (_, open: string, name: string, close: string) =>
    [open, placeName(name), close].join(''),
  )
}

function placeName(name: string): string {
  const key = PLACES[name]
  return key === undefined ? name : t(key)
}

/** What Commander refuses, by its code: the pieces of its own sentence, and what is said of them. */
const REFUSALS: Readonly<Record<string, readonly [RegExp, (pieces: readonly string[]) => Sentence]>> = {
  'commander.unknownCommand': [/'(.*)'/, ([command]) => say('cli.usage.unknown-command', { command })],
  'commander.unknownOption': [/'(.*)'/, ([option]) => say('cli.usage.unknown-option', { option })],
  'commander.missingArgument': [
    /'(.*)'/,
    ([argument]) => say('cli.usage.argument-missing', { argument: placeName(argument) }),
  ],
  'commander.optionMissingArgument': [
    /'(.*)'/,
    ([option]) => say('cli.usage.value-missing', { option: withPlaces(option) }),
  ],
  'commander.missingMandatoryOptionValue': [
    /'(.*)'/,
    ([option]) => say('cli.usage.option-missing', { option: withPlaces(option) }),
  ],
  'commander.conflictingOption': [
    /'(.*)' cannot be used with option '(.*)'/,
    ([option, other]) => say('cli.usage.conflict', { option: withPlaces(option), other: withPlaces(other) }),
  ],
  'commander.excessArguments': [
    /(\d+) arguments? but got (\d+)/,
    ([expected, got]) => say('cli.usage.too-many', { expected: Number(expected), got: Number(got) }),
  ],
  'commander.invalidArgument': [
    /value '(.*)' is invalid for argument '(.*)'\. Allowed choices are (.*)\./,
    ([text, argument, words]) => say('cli.value.one-of', { option: placeName(argument), text, words }),
  ],
}

/** What Commander refuses, in words of this program. */
export function usageErrorOf({ code, message }: CommanderError): UsageError {
  const [said, ...more] = message.split('\n')
  const [pattern, sentenceFor] = REFUSALS[code] ?? [null, null]
  const pieces = pattern?.exec(said)
  if (!pieces) return new UsageError(verbatim(said.replace(/^error: /, '')))
  const sentence = sentenceFor(pieces.slice(1))
  const similar = similarIn(more.join(' '))
  return new UsageError(similar ? inTurn(sentence, similar) : sentence)
}

/** "(Did you mean --label?)" or "(Did you mean one of --a, --b?)" */
function similarIn(text: string): Sentence | null {
  const [, several, similar] = /^\(Did you mean (one of )?(.*)\?\)$/.exec(text) ?? []
  if (similar === undefined) return null
  return several === undefined
    ? say('cli.usage.did-you-mean', { similar })
    : say('cli.usage.did-you-mean.one-of', { similar })
}

/** A refusal or a failure as it stands on standard error. */
export function refusalText(message: Sentence, hint: Sentence): string {
  return `made: ${tell(message)}\n      ${tell(hint)}`
}
