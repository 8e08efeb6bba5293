import { lastLines, runQuietly } from '../setup/command.mjs'
import { inProject, projectFolder } from '../setup/project.mjs'
import { failed, passed } from './counts.mjs'

/** The types of the programs, the scripts and the window; one check. */
export function checkTypes() {
  return check('types', [
    [inProject('node_modules', 'typescript-7', 'bin', 'tsc'), '-p', 'tsconfig.node.json'],
    [inProject('node_modules', 'typescript-7', 'bin', 'tsc'), '-p', 'tsconfig.e2e.json'],
    [inProject('node_modules', 'vue-tsc', 'bin', 'vue-tsc.js'), '-p', 'tsconfig.web.json'],
  ])
}

/** The linters, of which ESLint holds the dependency arrows and oxlint asks for types, and the layout of the text; one check. */
export function checkLint() {
  return check('lint', [
    [inProject('node_modules', 'oxlint', 'bin', 'oxlint'), '--quiet', '.'],
    [inProject('node_modules', 'eslint', 'bin', 'eslint.js'), '.'],
    [inProject('node_modules', 'prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ])
}

/**
 * Runs Node.js commands side by side; they pass together or fail together, and what they print is shown if they fail.
 * @param {string} name
 * @param {readonly string[][]} commands
 */
async function check(name, commands) {
  const results = await Promise.all(commands.map((args) => runQuietly(process.execPath, args, { cwd: projectFolder })))
  const complaints = results.filter((result) => !result.ok)
  for (const { output } of complaints) console.log(output.trimEnd())
  const shown = complaints.map(({ output }) => lastLines(output, 20))
  return complaints.length === 0 ? passed : failed(`${name}\n${shown.join('\n')}`)
}
