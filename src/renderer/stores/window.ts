import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { failureOf, type Failure } from '../../base/failure'
import type { ViewId } from '../../shared/views'

/** What a toast offers to do. */
export interface ToastAction {
  readonly label: string
  readonly run: () => void
}

export interface Toast {
  readonly id: number
  readonly kind: 'notice' | 'failure'
  readonly message: string
  readonly hint: string
  readonly action: ToastAction | null
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
/** How long messages stay; what failed takes longer to read. */
const MILLISECONDS = { notice: 10_000, failure: 30_000 } as const

/** What the window shows: the view, its main button, and short messages. */
export const useWindowStore = defineStore('window', () => {
  const view = ref<ViewId>('data')
  const primary = shallowRef<PrimaryAction | null>(null)
  const toasts = ref<Toast[]>([])
  let lastToast = 0

  function go(to: ViewId): void {
    view.value = to
  }

  function show(toast: Omit<Toast, 'id'>): void {
    const id = ++lastToast
    const repeated = toasts.value.filter(({ message }) => message !== toast.message)
    toasts.value = [...repeated, { ...toast, id }].slice(-MOST_TOASTS)
    setTimeout(() => dismiss(id), MILLISECONDS[toast.kind])
  }

  /** Says that something was done, with a way to undo it. */
  function notice(message: string, action: ToastAction | null = null, hint = ''): void {
    show({ kind: 'notice', message, hint, action })
  }

  function showFailure({ message, hint }: Failure): void {
    show({ kind: 'failure', message, hint, action: null })
  }

  /**
   * Runs something a person asked for; a failure is shown in words.
   * @param tell shows it in a place of its own
   * @returns whether it worked.
   */
  async function guard(work: () => Promise<unknown>, tell: (failure: Failure) => void = showFailure): Promise<boolean> {
    try {
      await work()
      return true
    } catch (thrown) {
      const failure = failureOf(thrown)
      if (failure.code !== 'cancelled') tell(failure)
      return false
    }
  }

  /** Takes back what is true no more. */
  function withdraw(message: string): void {
    toasts.value = toasts.value.filter((toast) => toast.message !== message)
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
    go,
    notice,
    showFailure,
    guard,
    withdraw,
    dismiss,
    pressPrimary,
  }
})
