import type { TypedCommand } from './command-tree'

/** What the page says besides the commands. */
export interface ManualWords {
  readonly version: string
  readonly summary: string
  /** As in `made --help`: a status and what it means on each line. */
  readonly status: readonly (readonly [string, string])[]
}

/** The manual page made(1), in the language of man. */
export function manualPage(commands: readonly TypedCommand[], { version, summary, status }: ManualWords): string {
  const [made, ...others] = commands
  const working = others.filter(({ commands: below }) => below.length === 0)
  return [
    `.TH MADE 1 "" "MADE Studio ${version}" "User Commands"`,
    '.SH NAME',
    `made \\- ${roff(lower(summary))}`,
    '.SH SYNOPSIS',
    ...working.flatMap(({ path }) => ['.PP', `.B made ${roff(path)}`, '.RI [ options ]']),
    '.SH DESCRIPTION',
    roff(made.description),
    'It does the work of the application MADE Studio without a window, with the same files.',
    '.SH COMMANDS',
    ...working.flatMap(commandLines),
    '.SH EXIT STATUS',
    ...status.flatMap(([number, meaning]) => ['.TP', `.B ${roff(number)}`, roff(meaning)]),
    '.SH SEE ALSO',
    'MADE: Masked Autoencoder for Distribution Estimation, Germain, Gregor, Murray and Larochelle, ICML 2015.',
    '',
  ].join('\n')
}

function commandLines({ path, description, usage, options }: TypedCommand): string[] {
  return [
    `.SS made ${roff(path)}`,
    `.B ${roff(usage)}`,
    '.PP',
    `${roff(capital(description))}.`,
    ...options.flatMap(({ long, takes, description: words }) => [
      '.TP',
      takes === null ? `.B ${roff(long)}` : `.BR ${roff(long)} " ${roff(takes)}"`,
      `${roff(words)}.`,
    ]),
  ]
}

/** A line of text may not begin with a dot or an apostrophe, and a hyphen that is typed is a minus. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^([.'])/, '\\&$1')
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replace(/\.$/, '')
}

function lower(text: string): string {
  return text.replace(/\.$/, '').replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
}
