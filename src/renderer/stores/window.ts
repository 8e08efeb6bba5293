import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { sentenceOf, type Text } from '../../base/advice'
import type { Failure } from '../../base/failure'
import type { ViewId } from '../../shared/views'
import type { Sentence } from '../../words/say'
import { attempt } from '../bridge'

/** What a message offers to do. */
export interface MessageAction {
  readonly label: Text
  readonly run: () => void
}

/** Says that something was done; it goes by itself. */
export interface Toast {
  readonly id: number
  readonly message: Sentence
  /** The same in every language, such as a path. */
  readonly hint: string
  readonly action: MessageAction | null
}

/** What may fail in the frame around all views, each shown by itself: one that is mended says nothing of the others. */
export const FRAME_PLACES = ['frame', 'frame.settings', 'frame.compute', 'frame.opening'] as const
export type FramePlace = (typeof FRAME_PLACES)[number]

/** Beside what a failure is shown: a part of a view, a view as a whole, or the frame around all of them. */
export type Place =
  | ViewId
  | FramePlace
  | 'data.mixture'
  | 'model.data'
  | 'model.group'
  | 'train.warning'
  | 'samples.export'
  | 'samples.keep'
  | 'ask.export'
  | 'runs.run'
  | 'runs.queue'
  | 'settings.engine'
  | 'settings.folder'

/** Something that failed, shown at its place until it is mended, dismissed or left behind. */
export interface Problem {
  readonly failure: Failure
  /** A way to mend it, where there is one. */
  readonly action: MessageAction | null
  /** Whether it came of what the window does by itself; such work takes away no other message than its own. */
  readonly isOfItself: boolean
}

/** The one main button of a view. */
export interface PrimaryAction {
  readonly label: string
  /** Why it waits; null if it can be pressed. */
  readonly waitsFor: string | null
  readonly run: () => void
  /** For tests; 'primary-action' unless it says otherwise. */
  readonly testId?: string
}

const MOST_TOASTS = 3
const TOAST_MS = 10_000

/** What the window shows: the view, its main button, what failed where, and short messages. */
export const useWindowStore = defineStore('window', () => {
  const view = ref<ViewId>('home')
  const primary = shallowRef<PrimaryAction | null>(null)
  const toasts = ref<Toast[]>([])
  /** Whether one figure after another is shown large. */
  const isProjecting = ref(false)
  const problems = shallowRef<ReadonlyMap<Place, Problem>>(new Map())
  let lastToast = 0

  /** Views in which something failed that is not on the screen. */
  const troubled = computed(() => new Set([...problems.value.keys()].map(viewOf).filter((id) => id !== view.value)))

  /** Shows a view. What failed in the one before has been seen, and is left behind with it. */
  function go(to: ViewId): void {
    if (to === view.value) return
    const left = view.value
    view.value = to
    problems.value = new Map([...problems.value].filter(([place]) => viewOf(place) !== left))
  }

  /** Says that something was done, with a way to undo it. */
  function notice(said: Text, action: MessageAction | null = null, hint = ''): void {
    const id = ++lastToast
    const message = sentenceOf(said)
    const others = toasts.value.filter((toast) => toast.message.english !== message.english)
    toasts.value = [...others, { id, message, hint, action }].slice(-MOST_TOASTS)
    setTimeout(() => dismiss(id), TOAST_MS)
  }

  /** Shows at a place what failed there, instead of what failed there before. */
  function fail(place: Place, failure: Failure, action: MessageAction | null = null): void {
    show(place, { failure, action, isOfItself: false })
  }

  function show(place: Place, problem: Problem): void {
    problems.value = new Map([...problems.value, [place, problem]])
  }

  /** What failed at a place is mended, or true no more. */
  function mended(place: Place): void {
    if (!problems.value.has(place)) return
    problems.value = new Map([...problems.value].filter(([other]) => other !== place))
  }

  /**
   * Runs something a person asked for. A failure is shown in words at its place until the next try, which takes it away.
   * @returns whether it worked.
   */
  async function guard(place: Place, work: () => Promise<unknown>): Promise<boolean> {
    const before = problems.value.get(place)
    const told = await attempt(work())
    if ('value' in told) {
      // What failed there meanwhile is another matter.
      if (problems.value.get(place) === before) mended(place)
    } else if (isSaid(told.failure)) fail(place, told.failure)
    return 'value' in told
  }

  /**
   * Runs something that the window does by itself, such as reading a list anew, and {@link report}s what came of it.
   * @returns whether it worked.
   */
  async function attend(place: Place, work: () => Promise<unknown>): Promise<boolean> {
    const told = await attempt(work())
    report(place, 'value' in told ? null : told.failure)
    return 'value' in told
  }

  /**
   * Tells what came of something that the window does by itself. A failure is shown as by {@link guard}; that it worked,
   * null, says nothing of what a person tried, and takes away only what such work said before.
   */
  function report(place: Place, failure: Failure | null, action: MessageAction | null = null): void {
    if (failure === null) {
      if (problems.value.get(place)?.isOfItself) mended(place)
    } else if (isSaid(failure)) show(place, { failure, action, isOfItself: true })
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id)
  }

  function pressPrimary(): void {
    if (primary.value && primary.value.waitsFor === null) primary.value.run()
  }

  return {
    view: computed(() => view.value),
    primary,
    toasts,
    isProjecting,
    problems,
    troubled,
    go,
    notice,
    fail,
    mended,
    guard,
    attend,
    report,
    dismiss,
    pressPrimary,
  }
})

/** What was called off is not said, and a process that is lost is told of once, above all views. */
function isSaid({ code }: Failure): boolean {
  return code !== 'cancelled' && code !== 'process-lost'
}

/** The view that a place is in. */
function viewOf(place: Place): string {
  return place.split('.')[0]
}
