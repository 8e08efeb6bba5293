/**
 * Lets at most so many pieces of work run at a time; the others wait for their turn.
 * @param {number} most
 * @returns {<T>(work: () => Promise<T>) => Promise<T>}
 */
export function turns(most) {
  let running = 0
  /** @type {(() => void)[]} */
  const waiting = []
  return async (work) => {
    while (running >= most) await new Promise((resolve) => waiting.push(() => resolve(undefined)))
    running++
    try {
      return await work()
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}
