import { inShort, type Place, type TypedCommand } from './command-tree'

/** Completion for PowerShell, on every system. Files are what it offers by itself where nothing else is. */
export function powershellCompletion(commands: readonly TypedCommand[]): string {
  const table = commands.map(
    ({ path, options, argument, commands: below }) => `  '${path}' = @{
    options = ${listOf(options.map(({ long, description }) => [long, description]))}
    values = @{ ${options
      .filter(({ value }) => value.words.length > 0)
      .map(({ long, value }) => `'${long}' = @(${quoted(value)})`)
      .join('; ')} }
    words = ${below.length > 0 ? listOf(below.map(({ name, description }) => [name, description])) : listOf(argument.words.map((word) => [word, word]))}
  }`,
  )
  return `# Completes the command line of MADE Studio in PowerShell.
$madeCommands = @{
${table.join('\n')}
}
Register-ArgumentCompleter -Native -CommandName made, made.cmd -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $path = ''
  foreach ($word in $typed) {
    $longer = "$path $word".Trim()
    if ($madeCommands.ContainsKey($longer)) { $path = $longer }
  }
  $command = $madeCommands[$path]
  $before = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
  $offered = if ($command.values.ContainsKey($before)) { $command.values[$before] | ForEach-Object { , @($_, $_) } }
    elseif ($wordToComplete -like '-*') { $command.options }
    elseif ($before -notlike '-*') { $command.words }
  $offered | Where-Object { $_ -and $_[0] -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $_[1])
  }
}
`
}

/** Pairs; a list of one pair is told to be a list. */
function listOf(pairs: readonly (readonly [string, string])[]): string {
  return `@(${pairs.map(([name, description]) => `, @('${name}', '${inShort(description).replaceAll("'", "''")}')`).join('; ')})`
}

function quoted({ words }: Place): string {
  return words.map((word) => `'${word}'`).join(', ')
}
