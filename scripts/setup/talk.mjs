/** Set-up talks to the person on standard error only, so that standard output belongs to what was asked for. */

/**
 * Says one sentence.
 * @param {string} sentence
 */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`)
}

/** Set-up cannot go on, for a reason that a person can do something about. */
export class SetupFailure extends Error {
  /**
   * @param {string} message one sentence: what happened
   * @param {string} hint one sentence: what to do
   */
  constructor(message, hint) {
    super(message)
    this.hint = hint
  }
}

/**
 * Runs the work of a script. What it throws is said in words, and the exit status is 1.
 * @param {() => Promise<void>} work
 */
export async function runScript(work) {
  try {
    await work()
  } catch (error) {
    if (error instanceof SetupFailure) say(`${error.message}\n${error.hint}`)
    else if (error instanceof Error)
      say(`Something went wrong in a script of MADE Studio: ${error.stack ?? error.message}`)
    else say(`Something went wrong in a script of MADE Studio: ${String(error)}`)
    process.exitCode = 1
  }
}
