import { inShort, type Place, type TypedCommand } from './command-tree'

/** Completion for zsh. */
export function zshCompletion(commands: readonly TypedCommand[]): string {
  const values = commands.flatMap(({ path, options }) =>
    options
      .filter(({ takes }) => takes !== null)
      .map(({ long, value }) => `    ('${path} ${long}') ${replyOf(value)}; return ;;`),
  )
  const options = commands.map(
    ({ path, options }) =>
      `      ('${path}') found=(${options.map(({ long, description }) => described(long, description)).join(' ')}) ;;`,
  )
  const inPlace = commands.map(({ path, commands: below, argument }) =>
    below.length > 0
      ? `      ('${path}') found=(${below.map(({ name, description }) => described(name, description)).join(' ')}); _describe -t commands command found ;;`
      : `      ('${path}') ${replyOf(argument)} ;;`,
  )
  const paths = commands
    .filter(({ path }) => path !== '')
    .map(({ path }) => `'${path.includes(' ') ? path : ` ${path}`}'`)
  return `#compdef made
# Completes the command line of MADE Studio in zsh.
_made() {
  local walked='' i
  local -a found
  for ((i = 2; i < CURRENT; i++)); do
    case "$walked $words[i]" in
      (${paths.join(' | ')}) walked="\${walked:+$walked }$words[i]" ;;
    esac
  done
  case "$walked $words[CURRENT-1]" in
${values.join('\n')}
  esac
  if [[ $words[CURRENT] == -* ]]; then
    case "$walked" in
${options.join('\n')}
    esac
    _describe -t options option found
  else
    case "$walked" in
${inPlace.join('\n')}
    esac
  fi
}
if [[ $funcstack[1] == _made ]]; then _made "$@"; else compdef _made made; fi
`
}

function described(name: string, description: string): string {
  return `'${name.replaceAll(':', '\\:')}:${inShort(description).replaceAll("'", '’')}'`
}

function replyOf({ words, paths }: Place): string {
  const lines = words.length > 0 ? [`compadd -- ${words.join(' ')}`] : []
  if (paths !== null) lines.push(paths === 'files' ? '_files' : '_files -/')
  return lines.length > 0 ? lines.join('; ') : ':'
}
