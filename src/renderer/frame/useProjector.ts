import { nextTick, ref, watch, type Ref } from 'vue'
import { ask } from '../bridge'
import { useWindowStore } from '../stores/window'
import type { ViewId } from '../../shared/views'
import { say } from '../../words/say'

/** The views that may have a figure, in the order of the rail. */
const VIEWS: readonly ViewId[] = ['home', 'data', 'train', 'samples', 'ask', 'learn']
/** How long it is waited for a figure that takes its time to come. */
const PATIENCE_MS = 5000

export interface Projector {
  /** Whose figure is shown. */
  readonly view: Readonly<Ref<ViewId>>
  toggle(): Promise<void>
  /** Shows the next figure, or the previous one: that of the next view which has one. */
  go(by: 1 | -1): Promise<void>
}

/** Shows the figure of one view after another, large and alone; called by the frame. */
export function useProjector(): Projector {
  const screen = useWindowStore()
  const view = ref<ViewId>(screen.view)
  let isOnTheWay = false

  async function toggle(): Promise<void> {
    if (screen.isProjecting) return end()
    const isThere = VIEWS.includes(screen.view) && (await comes())
    if (!isThere && !(await find(1))) return screen.notice(say('frame.projector.none'))
    view.value = screen.view
    screen.isProjecting = true
    await screen.guard('frame', () => ask('app.project', { on: true }))
  }

  async function end(): Promise<void> {
    screen.isProjecting = false
    await screen.guard('frame', () => ask('app.project', { on: false }))
  }

  /** Goes on to a view that has a figure; where there is no other, stays. */
  async function find(by: 1 | -1): Promise<boolean> {
    const began = screen.view
    let at = Math.max(VIEWS.indexOf(began), by > 0 ? -1 : 0)
    for (let tried = 0; tried < VIEWS.length; tried++) {
      at = (at + by + VIEWS.length) % VIEWS.length
      screen.go(VIEWS[at])
      if (await comes()) return true
    }
    screen.go(began)
    return false
  }

  async function go(by: 1 | -1): Promise<void> {
    if (isOnTheWay) return
    isOnTheWay = true
    try {
      if (await find(by)) view.value = screen.view
    } finally {
      isOnTheWay = false
    }
  }

  // Who goes to a view by its key sees it: as a figure if it may have one, else as it is.
  watch(
    () => screen.view,
    (shown) => {
      if (!screen.isProjecting || isOnTheWay) return
      if (VIEWS.includes(shown)) view.value = shown
      else void end()
    },
  )

  watch(
    () => screen.isProjecting,
    (isOn) => document.documentElement.toggleAttribute('data-projecting', isOn),
  )
  return { view, toggle, go }
}

/** Whether the view that is shown has a figure, or gets one soon; one that says that it has nothing to show has none. */
async function comes(): Promise<boolean> {
  await nextTick()
  const until = performance.now() + PATIENCE_MS
  while (document.querySelector('[data-figure]') === null) {
    if (document.querySelector('[data-empty]') !== null || performance.now() > until) return false
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  return true
}
