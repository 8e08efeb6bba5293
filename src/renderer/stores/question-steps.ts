import { computed, shallowRef, type ComputedRef } from 'vue'
import { nothingKnown } from '../logic/evidence'
import { keptStep, nearest, stepFrom, type Cover, type QuestionStep } from '../logic/kept-steps'
import { MOST_STEPS, type KeptQuestion, type KeptStep } from '../../shared/kept-question'
import type { KnownRow } from '../../shared/questions'

/** What is known at a step, and the steps around it, as they are kept. */
export type KeptSteps = Omit<KeptQuestion, 'runId' | 'typed'>

/** What is known, step by step. */
export interface QuestionSteps {
  /** Null before a model is there. */
  readonly evidence: ComputedRef<KnownRow | null>
  /** How a part of it is hidden; null: nothing is. */
  readonly cover: ComputedRef<Cover | null>
  readonly canUndo: ComputedRef<boolean>
  readonly canRedo: ComputedRef<boolean>
  /** All of it, as it is kept for the next start; null before a model is there. */
  readonly kept: ComputedRef<KeptSteps | null>
  /** Begins with nothing, or with what was kept of a question of so many columns. */
  readonly begin: (columns: number, kept: KeptSteps | null) => void
  /** There is no model any more. */
  readonly end: () => void
  /** Sets what is known, as a step that can be taken back unless it belongs to the last one. */
  readonly set: (row: KnownRow, cover?: Cover | null, isStep?: boolean) => void
  /** Changes what is known, and what is hidden of it. */
  readonly change: (changed: (row: KnownRow) => KnownRow, isStep?: boolean) => void
  readonly undo: () => void
  readonly redo: () => void
}

/** @param onShown what is known is another */
export function questionSteps(onShown: () => void): QuestionSteps {
  const now = shallowRef<QuestionStep | null>(null)
  const past = shallowRef<readonly QuestionStep[]>([])
  const future = shallowRef<readonly QuestionStep[]>([])
  /** Steps do not change, so each is written once. */
  const written = new WeakMap<QuestionStep, KeptStep>()

  function writtenOf(step: QuestionStep): KeptStep {
    const known = written.get(step) ?? keptStep(step)
    written.set(step, known)
    return known
  }

  function show(step: QuestionStep): void {
    now.value = step
    onShown()
  }

  function set(row: KnownRow, cover: Cover | null = null, isStep = true): void {
    if (now.value === null) return
    if (isStep) past.value = [...past.value, now.value].slice(-MOST_STEPS)
    future.value = []
    show({ row, cover })
  }

  return {
    evidence: computed(() => now.value && now.value.row),
    cover: computed(() => now.value && now.value.cover),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
    kept: computed(
      () =>
        now.value && {
          ...writtenOf(now.value),
          past: nearest(past.value.map(writtenOf)),
          future: nearest(future.value.map(writtenOf)),
        },
    ),
    begin(columns, kept) {
      const read = (steps: readonly KeptStep[]): QuestionStep[] =>
        steps.map((step) => stepFrom(step, columns)).filter((step) => step !== null)
      const step = kept && stepFrom(kept, columns)
      past.value = read(kept?.past ?? [])
      future.value = read(kept?.future ?? [])
      now.value = step ?? { row: nothingKnown(columns), cover: null }
    },
    end() {
      now.value = null
      past.value = []
      future.value = []
    },
    set,
    change(changed, isStep) {
      if (now.value === null) return
      const { row, cover } = now.value
      set(changed(row), cover && { ...cover, under: changed(cover.under) }, isStep)
    },
    undo() {
      const before = past.value.at(-1)
      if (before === undefined || now.value === null) return
      past.value = past.value.slice(0, -1)
      future.value = [...future.value, now.value]
      show(before)
    },
    redo() {
      const next = future.value.at(-1)
      if (next === undefined || now.value === null) return
      future.value = future.value.slice(0, -1)
      past.value = [...past.value, now.value]
      show(next)
    },
  }
}
