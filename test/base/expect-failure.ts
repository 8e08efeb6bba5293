import { expect } from 'vitest'
import { StudioError, type FailureCode } from '../../src/base/failure'

/** Runs what must fail, and returns the failure. Anything but a well-worded StudioError fails the test. */
export async function failureFrom(action: () => unknown): Promise<StudioError> {
  let result: unknown
  try {
    result = await action()
  } catch (thrown) {
    if (!(thrown instanceof StudioError)) throw thrown
    expect(thrown.message).toMatch(/^[^\n]+\.$/)
    expect(thrown.hint).toMatch(/^[^\n]+\.$/)
    return thrown
  }
  throw new Error(`this should have failed, and gave ${JSON.stringify(result)?.slice(0, 200)}`)
}

/** Asserts that an action fails with that code and a sentence that matches. */
export async function expectFailure(action: () => unknown, code: FailureCode, sentence: RegExp = /./): Promise<void> {
  const failure = await failureFrom(action)
  expect([failure.code, failure.message]).toEqual([code, expect.stringMatching(sentence)])
}
