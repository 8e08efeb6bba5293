/**
 * Does work that is asked for often: at most once in `rest` milliseconds, and not before the last one says that it may be overtaken.
 * What was asked for meanwhile is done then, once.
 */
export class Coalesced {
  private begunAt = -Infinity
  private isHeld = false
  private isWanted = false
  private timer: ReturnType<typeof setTimeout> | null = null

  /** @param begin begins the work; `release` lets the next begin */
  constructor(
    private readonly rest: number,
    private readonly begin: (release: () => void) => void,
  ) {}

  want(): void {
    this.isWanted = true
    if (this.isHeld || this.timer !== null) return
    const wait = Math.max(0, this.begunAt + this.rest - performance.now())
    this.timer = setTimeout(() => {
      this.timer = null
      this.isWanted = false
      this.isHeld = true
      this.begunAt = performance.now()
      let isOver = false
      this.begin(() => {
        if (isOver) return
        isOver = true
        this.release()
      })
    }, wait)
  }

  private release(): void {
    this.isHeld = false
    if (this.isWanted) this.want()
  }
}
