import { existsSync, readFileSync } from 'node:fs'
import { runQuietly, runVisibly } from '../setup/command.mjs'
import { inProject, projectFolder } from '../setup/project.mjs'
import { noCounts } from './counts.mjs'

const VITEST = inProject('node_modules', 'vitest', 'vitest.mjs')

/**
 * Runs one project of vitest.config.ts and counts its tests.
 * @param {'unit' | 'e2e' | 'packages'} project
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
  if (!existsSync(report)) return status === 0 ? noCounts : { ...noCounts, failed: 1 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  // A file that cannot even be loaded has no tests to count, and an error outside any test fails no test: both count as one.
  const brokenFiles = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  const failures = numFailedTests + brokenFiles
  return {
    passed: numPassedTests,
    failed: status === 0 ? failures : Math.max(failures, 1),
    skipped: numPendingTests + numTodoTests,
  }
}

/**
 * The number of tests of a project, without running them.
 * @param {'unit' | 'e2e' | 'packages'} project
 * @param {readonly string[]} filters
 */
export async function countTests(project, filters) {
  const { ok, stdout } = await runQuietly(process.execPath, [VITEST, 'list', '--project', project, ...filters], {
    cwd: projectFolder,
  })
  return ok ? stdout.split('\n').filter((line) => line.trim() !== '').length : 1
}
