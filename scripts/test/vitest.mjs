import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { runQuietly, runVisibly } from '../setup/command.mjs'
import { inProject, projectFolder } from '../setup/project.mjs'
import { failed, noCounts } from './counts.mjs'

const VITEST = inProject('node_modules', 'vitest', 'vitest.mjs')
/** Of each failure's message, in the summary. */
const MESSAGE_LINES = 12

/**
 * Runs one project of vitest.config.ts and counts its tests.
 * @param {'unit' | 'e2e' | 'packages' | 'cluster'} project
 * @param {readonly string[]} filters parts of the names of test files; none means all
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runTests(project, filters, env) {
  const report = inProject('test-results', `${project}.json`)
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    '--passWithNoTests',
    ...filters,
  ]
  const status = await runVisibly(process.execPath, [VITEST, ...args], { cwd: projectFolder, env })
  if (!existsSync(report)) return status === 0 ? noCounts : failed(`${project}: the tests could not be run.`)
  return readReport(project, JSON.parse(readFileSync(report, 'utf8')), status === 0)
}

/**
 * @typedef {{ readonly status: string, readonly fullName: string, readonly failureMessages?: readonly string[] | null }} TestReport
 * @typedef {{ readonly name: string, readonly status: string, readonly message?: string, readonly assertionResults: readonly TestReport[] }} FileReport
 * @typedef {{ readonly numPassedTests: number, readonly numPendingTests: number, readonly numTodoTests: number, readonly testResults: readonly FileReport[] }} Report
 */

/**
 * What Vitest's JSON report counts. A file that cannot be loaded or prepared, and an error outside any test, fail no test:
 * each counts as one failure.
 * @param {string} project
 * @param {Report} report
 * @param {boolean} isOk whether Vitest ended well
 * @returns {import('./counts.mjs').Counts}
 */
export function readReport(project, { numPassedTests, numPendingTests, numTodoTests, testResults }, isOk) {
  const failures = testResults.flatMap((file) => fileFailures(project, file))
  if (!isOk && failures.length === 0) failures.push(`${project}: an error outside any test, shown above.`)
  return {
    passed: numPassedTests,
    failed: failures.length,
    skipped: numPendingTests + numTodoTests,
    failures,
  }
}

/**
 * @param {string} project
 * @param {FileReport} file
 * @returns {string[]} each failure of the file with the beginning of its message
 */
function fileFailures(project, { name, status, message, assertionResults }) {
  const file = `${project}: ${relative(projectFolder, name)}`
  const tests = assertionResults.filter((test) => test.status === 'failed')
  if (tests.length === 0) return status === 'failed' ? [`${file}\n${beginning(message ?? '')}`] : []
  return tests.map(
    ({ fullName, failureMessages }) => `${file}, ${fullName}\n${beginning((failureMessages ?? []).join('\n'))}`,
  )
}

/** @param {string} message */
function beginning(message) {
  return stripVTControlCharacters(message).trim().split('\n').slice(0, MESSAGE_LINES).join('\n')
}

/**
 * The number of tests of a project, without running them.
 * @param {'unit' | 'e2e' | 'packages' | 'cluster'} project
 * @param {readonly string[]} filters
 */
export async function countTests(project, filters) {
  const { ok, stdout } = await runQuietly(process.execPath, [VITEST, 'list', '--project', project, ...filters], {
    cwd: projectFolder,
  })
  return ok ? stdout.split('\n').filter((line) => line.trim() !== '').length : 1
}
