import { Session } from 'node:inspector/promises'

/** The stretches of a function's text that nothing has run through yet, from..to. */
type Gaps = readonly (readonly [from: number, to: number])[]

/**
 * Which parts of the program inputs have reached. An input that reaches a new one is worth keeping: what is made of it may
 * get further. Asks the coverage of V8, which takes a millisecond.
 */
export class Ground {
  /** By script and place of the function. */
  private readonly unreached = new Map<string, Gaps>()

  private constructor(private readonly session: Session) {}

  static async begin(): Promise<Ground> {
    const session = new Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true })
    await session.post('Profiler.takePreciseCoverage')
    return new Ground(session)
  }

  /** Whether something was reached since the last call that never was before. */
  async isNew(): Promise<boolean> {
    const { result } = await this.session.post('Profiler.takePreciseCoverage')
    let isNew = false
    for (const { url, functions } of result) {
      if (!url.startsWith('file:')) continue
      for (const { ranges } of functions) {
        const [whole, ...inner] = ranges
        if (!whole || whole.count === 0) continue
        const key = `${url} ${whole.startOffset}`
        const missed = inner
          .filter(({ count }) => count === 0)
          .map((range) => [range.startOffset, range.endOffset] as const)
        const before = this.unreached.get(key)
        const now = before ? common(before, missed) : missed
        if (!before || lengthOf(now) < lengthOf(before)) {
          isNew = true
          this.unreached.set(key, now)
        }
      }
    }
    return isNew
  }
}

/** What lies in a stretch of both; each list is ascending. */
function common(a: Gaps, b: Gaps): Gaps {
  return a.flatMap(([from, to]) =>
    b.flatMap(([otherFrom, otherTo]) => {
      const [start, end] = [Math.max(from, otherFrom), Math.min(to, otherTo)]
      return start < end ? [[start, end] as const] : []
    }),
  )
}

function lengthOf(gaps: Gaps): number {
  return gaps.reduce((sum, [from, to]) => sum + to - from, 0)
}
