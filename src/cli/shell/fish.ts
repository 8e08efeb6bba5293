import { inShort, type Place, type TypedCommand } from './command-tree'

/** Completion for fish. */
export function fishCompletion(commands: readonly TypedCommand[]): string {
  const lines = commands.flatMap(({ path, options, argument, commands: below }) => {
    const here = `complete -c made -n '${conditionOf(path, below)}'`
    return [
      `${here} -f`,
      ...below.map(({ name, description }) => `${here} -a ${name} -d '${plain(description)}'`),
      ...options.map(
        ({ long, takes, description, value }) =>
          `complete -c made -n '${conditionOf(path, [])}' -l ${long.slice(2)}${takes === null ? '' : ` ${valueOf(value)}`} -d '${plain(description)}'`,
      ),
      ...argumentOf(here, argument),
    ]
  })
  return `# Completes the command line of MADE Studio in fish.\n${lines.join('\n')}\n`
}

/** Whether those words have been typed, and none of the commands below them. */
function conditionOf(path: string, below: readonly { readonly name: string }[]): string {
  const seen = path === '' ? [] : path.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`)
  const unseen = below.length > 0 ? [`not __fish_seen_subcommand_from ${below.map(({ name }) => name).join(' ')}`] : []
  const all = [...seen, ...unseen]
  return all.length > 0 ? all.join('; and ') : '__fish_use_subcommand'
}

function valueOf({ words, paths }: Place): string {
  if (paths === null) return `-x${words.length > 0 ? ` -a '${words.join(' ')}'` : ''}`
  const list = paths === 'folders' ? '(__fish_complete_directories)' : null
  const all = [...words, ...(list === null ? [] : [list])]
  return `-r${paths === 'files' ? 'F' : ''}${all.length > 0 ? ` -a '${all.join(' ')}'` : ''}`
}

function argumentOf(here: string, { words, paths }: Place): string[] {
  if (paths === 'folders') return [`${here} -a '(__fish_complete_directories)'`]
  if (paths === 'files') return [`${here} -F`]
  return words.length > 0 ? [`${here} -a '${words.join(' ')}'`] : []
}

function plain(description: string): string {
  return inShort(description).replaceAll("'", '’')
}
