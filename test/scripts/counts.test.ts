import { describe, expect, it } from 'vitest'
import { addCounts, failed, passed } from '../../scripts/test/counts.mjs'
import { readReport } from '../../scripts/test/vitest.mjs'
import { inProject } from '../../scripts/setup/project.mjs'

const name = inProject('test', 'one.test.ts')
const good = { status: 'passed', fullName: 'one works', failureMessages: [] }
const counted = { numPassedTests: 1, numPendingTests: 2, numTodoTests: 3 }

describe('what a run of the tests tells at its end', () => {
  it('names each test that failed, with the beginning of its message', () => {
    const message = ['\u001B[31mexpected 1 to be 2\u001B[39m', ...Array.from({ length: 50 }, (_, i) => `at ${i}`)]
    const bad = { status: 'failed', fullName: 'one breaks', failureMessages: [message.join('\n')] }
    const files = [{ name, status: 'failed', message: '', assertionResults: [good, bad] }]
    const counts = readReport('unit', { ...counted, testResults: files }, false)
    expect(counts).toMatchObject({ passed: 1, failed: 1, skipped: 5 })
    expect(counts.failures[0]).toMatch(/^unit: test.one\.test\.ts, one breaks\nexpected 1 to be 2\nat 0\n/)
    expect(counts.failures[0]?.split('\n').length).toBeLessThan(20)
  })

  it('counts a file that cannot be loaded or prepared, though none of its tests failed', () => {
    const skipped = { ...good, status: 'skipped' }
    for (const assertionResults of [[], [skipped]]) {
      const files = [{ name, status: 'failed', message: 'no such module', assertionResults }]
      const { failed, failures } = readReport('unit', { ...counted, testResults: files }, false)
      expect([failed, failures]).toEqual([1, [expect.stringContaining('one.test.ts\nno such module')]])
    }
  })

  it('counts an error outside any test, and nothing where all went well', () => {
    const files = [{ name, status: 'passed', message: '', assertionResults: [good] }]
    expect(readReport('unit', { ...counted, testResults: files }, false).failed).toBe(1)
    expect(readReport('unit', { ...counted, testResults: files }, true)).toMatchObject({ failed: 0, failures: [] })
  })

  it('keeps what failed when counts are added', () => {
    const counts = [failed('lint'), passed, failed('types')].reduce(addCounts)
    expect(counts).toEqual({ passed: 1, failed: 2, skipped: 0, failures: ['lint', 'types'] })
  })
})
