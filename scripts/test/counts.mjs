/**
 * What came of some checks; `failures` has a few lines about each one that failed.
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number, readonly failures: readonly string[] }} Counts
 */

/** @type {Counts} */
export const noCounts = { passed: 0, failed: 0, skipped: 0, failures: [] }
/** @type {Counts} */
export const passed = { ...noCounts, passed: 1 }

/**
 * One check that failed.
 * @param {string} what which one, and why if that is known
 * @returns {Counts}
 */
export function failed(what) {
  return { ...noCounts, failed: 1, failures: [what] }
}

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function addCounts(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  }
}

/**
 * The last lines of a run, since where it ran only the last may be kept: what failed, then the numbers. A failure makes
 * the exit status 1.
 * @param {Counts} counts
 */
export function tellCounts({ passed, failed, skipped, failures }) {
  for (const failure of failures) console.log(`\nFAILED: ${failure}`)
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
  if (failed > 0) process.exitCode = 1
}
