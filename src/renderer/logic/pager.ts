import { BoundedCache } from './raster'

/**
 * Pages of rows, loaded when they are looked at and kept within a bound. The page asked for last is loaded first, so
 * that fast scrolling does not wait for what has gone by.
 */
export class Pager<Page> {
  private readonly pages: BoundedCache<number, Page>
  private readonly underWay = new Set<number>()
  private readonly refused = new Set<number>()
  /** Pages to be shown until their successors have come. */
  private stale = new Set<number>()
  private wanted: number[] = []
  private generation = 0

  /**
   * @param load reads page n
   * @param most how many pages are kept
   * @param changed called when a page has arrived or has failed
   */
  constructor(
    private readonly load: (page: number) => Promise<Page>,
    most: number,
    private readonly changed: () => void,
    private readonly failed: (thrown: unknown) => void,
    private readonly atOnce = 2,
  ) {
    this.pages = new BoundedCache(most)
  }

  /** The page, if it is here; otherwise it is asked for. A page that failed is not asked for again until `reset`. */
  get(page: number): Page | undefined {
    const known = this.pages.get(page)
    if (known !== undefined && !this.stale.has(page)) return known
    if (this.underWay.has(page) || this.refused.has(page)) return known
    this.wanted = [...this.wanted.filter((other) => other !== page), page].slice(-8)
    this.next()
    return known
  }

  /** What the pages are of has changed: each is loaded anew when it is looked at, and shown as it was until then. */
  refresh(): void {
    this.drop()
    this.stale = new Set(this.pages.keys())
  }

  /** Forgets everything; answers still under way are dropped. */
  reset(): void {
    this.drop()
    this.pages.clear()
    this.stale.clear()
  }

  private drop(): void {
    this.generation++
    this.underWay.clear()
    this.refused.clear()
    this.wanted = []
  }

  private next(): void {
    while (this.underWay.size < this.atOnce) {
      const page = this.wanted.pop()
      if (page === undefined) return
      this.underWay.add(page)
      void this.fetch(page, this.generation)
    }
  }

  private async fetch(page: number, generation: number): Promise<void> {
    try {
      const loaded = await this.load(page)
      if (generation !== this.generation) return
      this.pages.set(page, loaded)
      this.stale.delete(page)
    } catch (thrown) {
      if (generation !== this.generation) return
      this.refused.add(page)
      // One report is enough for all the pages of a view.
      if (this.refused.size === 1) this.failed(thrown)
    }
    this.underWay.delete(page)
    this.changed()
    this.next()
  }
}
