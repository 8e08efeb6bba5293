import type { Place, TypedCommand } from './command-tree'

/** Completion for bash. */
export function bashCompletion(commands: readonly TypedCommand[]): string {
  const values = commands.flatMap(({ path, options }) =>
    options
      .filter(({ takes }) => takes !== null)
      .map(({ long, value }) => `    '${path} ${long}') ${replyOf(value)} return ;;`),
  )
  const options = commands.map(
    ({ path, options }) => `      '${path}') words='${options.map(({ long }) => long).join(' ')}' ;;`,
  )
  const inPlace = commands.map(({ path, commands: below, argument }) => {
    const place = below.length > 0 ? { words: below.map(({ name }) => name), paths: null } : argument
    return `      '${path}') ${replyOf(place)} ;;`
  })
  return `# Completes the command line of MADE Studio in bash.
_made() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} path='' words='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
      ${pathPatterns(commands)}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path $before" in
${values.join('\n')}
  esac
  if [[ $current == -* ]]; then
    case "$path" in
${options.join('\n')}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    case "$path" in
${inPlace.join('\n')}
    esac
  fi
}
complete -o filenames -F _made made
`
}

/** The words that lead from a command to one below it. */
function pathPatterns(commands: readonly TypedCommand[]): string {
  return commands
    .filter(({ path }) => path !== '')
    .map(({ path }) => `'${path.includes(' ') ? path : ` ${path}`}'`)
    .join(' | ')
}

function replyOf({ words, paths }: Place): string {
  const found = words.length > 0 ? [`$(compgen -W '${words.join(' ')}' -- "$current")`] : []
  const lines = found.map((list) => `COMPREPLY=(${list});`)
  if (paths !== null)
    lines.push(
      `while IFS= read -r words; do COMPREPLY+=("$words"); done < <(compgen ${paths === 'files' ? '-f' : '-d'} -- "$current");`,
    )
  return lines.length > 0 ? lines.join(' ') : ':;'
}
