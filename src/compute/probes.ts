import type { ProbeEnd, ProbeRequest } from '../base/probe'

/** Processes that try a library: main starts them when it is asked, since only it can. */
export class Probes {
  private readonly waiting = new Map<number, (end: ProbeEnd) => void>()
  private asked = 0

  /** @param ask asks main for one */
  constructor(private readonly ask: (id: number, request: ProbeRequest) => void) {}

  /** What becomes of such a process. */
  readonly run = (request: ProbeRequest): Promise<ProbeEnd> =>
    new Promise((resolve) => {
      const id = ++this.asked
      this.waiting.set(id, resolve)
      this.ask(id, request)
    })

  /** What main answered. */
  take(id: number, end: ProbeEnd): void {
    this.waiting.get(id)?.(end)
    this.waiting.delete(id)
  }
}
