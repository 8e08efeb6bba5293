/**
 * Lets work that only reads go on at once, and work that changes something alone: each waits for the changes handed in
 * before it, and a change for the reading too. Work that fails holds up nothing.
 */
export class ReadWriteQueue {
  private lastChange: Promise<unknown> = Promise.resolve()
  private readonly readings = new Set<Promise<unknown>>()

  /** @throws what the work throws */
  read<T>(work: () => T | Promise<T>): Promise<T> {
    const reading = this.lastChange.then(work)
    const over = whenOver(reading)
    this.readings.add(over)
    void over.then(() => this.readings.delete(over))
    return reading
  }

  /** @throws what the work throws */
  change<T>(work: () => T | Promise<T>): Promise<T> {
    const changing = Promise.all([this.lastChange, ...this.readings]).then(work)
    this.lastChange = whenOver(changing)
    return changing
  }
}

function whenOver(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    () => undefined,
  )
}
