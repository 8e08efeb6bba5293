const PAGE = 4096

/** How often each of very many numbers occurs, of which few may occur at all: what never does takes no room. */
export class IndexCounts {
  private readonly pages = new Map<number, Uint32Array>()

  add(index: number): void {
    const number = Math.floor(index / PAGE)
    let page = this.pages.get(number)
    if (!page) {
      page = new Uint32Array(PAGE)
      this.pages.set(number, page)
    }
    page[index % PAGE]++
  }

  /** Those that occur most often, at most so many, from the least; of equally many the least. */
  mostFrequent(most: number): Uint32Array {
    let threshold = 0
    this.each((_, times) => (threshold = Math.max(threshold, times)))
    // How many numbers occur so often: from the largest on as many as there is room for.
    const having = new Uint32Array(threshold + 1)
    this.each((_, times) => having[times]++)
    let room = most
    while (threshold > 0 && having[threshold] <= room) room -= having[threshold--]
    const kept = new Uint32Array(most - (threshold > 0 ? 0 : room))
    let count = 0
    this.each((index, times) => {
      if (times > threshold || (times === threshold && room-- > 0)) kept[count++] = index
    })
    return kept
  }

  /** Visits each that occurs, from the least. */
  private each(visit: (index: number, times: number) => void): void {
    const numbers = [...this.pages.keys()].sort((a, b) => a - b)
    for (const number of numbers)
      this.pages.get(number)?.forEach((times, i) => {
        if (times > 0) visit(number * PAGE + i, times)
      })
  }
}
