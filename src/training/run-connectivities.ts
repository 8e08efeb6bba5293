import type { Connectivity } from '../made/connectivity'
import { MOST_STORED_CONNECTIVITIES } from '../made/model-file'
import {
  connectivityAt,
  connectivityDrawer,
  connectivityList,
  isUnlimited,
  testListLength,
  type Schedule,
} from '../made/schedule'
import type { ModelSpec } from '../made/spec'

/** While a long list is drawn, requests are heard so often. */
const DRAW_MS = 50

/** The connectivities that a run trains and scores under. */
export class RunConnectivities {
  private readonly draw: (t: number) => Connectivity
  private readonly list: (Connectivity | undefined)[] = []

  constructor(
    private readonly spec: ModelSpec,
    readonly schedule: Schedule,
  ) {
    this.draw = connectivityDrawer(spec, schedule)
  }

  /** That of update t; those of a list stay the same objects, so that an engine need not prepare them anew. */
  at(t: number): Connectivity {
    if (isUnlimited(this.schedule)) return connectivityAt(this.spec, this.schedule, t)
    const place = t % this.listLength(1)
    return (this.list[place] ??= this.draw(place))
  }

  /** What a model file holds of the test-time list. @param whenUnlimited length of that list where it has no end */
  stored(whenUnlimited: number): Connectivity[] {
    return connectivityList(
      this.spec,
      this.schedule,
      Math.min(MOST_STORED_CONNECTIVITIES, this.listLength(whenUnlimited)),
    )
  }

  /**
   * The test-time list. Drawing a long one takes seconds, so requests are heard meanwhile.
   * @param whenUnlimited its length where it has no end
   * @param point what it throws ends the drawing
   */
  async testList(whenUnlimited: number, point: () => Promise<void>): Promise<Connectivity[]> {
    const draw = connectivityDrawer(this.spec, this.schedule)
    const list: Connectivity[] = []
    let began = performance.now()
    while (list.length < this.listLength(whenUnlimited)) {
      list.push(draw(list.length))
      if (performance.now() - began < DRAW_MS) continue
      await point()
      began = performance.now()
    }
    return list
  }

  private listLength(whenUnlimited: number): number {
    return testListLength(this.schedule, whenUnlimited)
  }
}
