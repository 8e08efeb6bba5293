import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { keptStep, nearest, stepFrom, type QuestionStep } from '../../src/renderer/logic/kept-steps'
import { painted } from '../../src/renderer/logic/painting'
import { questionSteps } from '../../src/renderer/stores/question-steps'
import { keptQuestionSchema, keptStepSchema, MOST_STEPS } from '../../src/shared/kept-question'
import { REGIONS } from '../../src/shared/painting'
import type { KnownRow } from '../../src/shared/questions'

const COLUMNS = 12
const row: fc.Arbitrary<KnownRow> = fc
  .array(fc.constantFrom(null, 0, 1), { minLength: COLUMNS, maxLength: COLUMNS })
  .map((values) => ({
    bits: Uint8Array.from(values, (value) => value ?? 0),
    known: Uint8Array.from(values, (value) => (value === null ? 0 : 1)),
  }))
const hiding = fc.record({
  region: fc.constantFrom(...REGIONS),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  seed: fc.nat(),
})
/** What is known, and a part of what was known hidden. */
const step: fc.Arbitrary<QuestionStep> = fc
  .tuple(row, fc.option(fc.tuple(hiding, fc.subarray(Array.from({ length: COLUMNS }, (_, pixel) => pixel)))))
  .map(([under, hidden]) =>
    hidden === null
      ? { row: under, cover: null }
      : { row: painted(under, hidden[1], 'unknown'), cover: { ...hidden[0], under } },
  )

describe('a step of a question', () => {
  it('is the same after it was kept, with what is hidden', () => {
    fc.assert(
      fc.property(step, (before) => {
        const kept = keptStepSchema.parse(JSON.parse(JSON.stringify(keptStep(before))))
        expect(stepFrom(kept, COLUMNS)).toEqual(before)
        expect(stepFrom(kept, COLUMNS + 1)).toBeNull()
      }),
    )
  })

  it('is written as a letter for each column', () => {
    const under = { bits: Uint8Array.of(1, 0, 1, 0, 0), known: Uint8Array.of(1, 1, 1, 1, 0) }
    const cover = { region: 'right', share: 0.5, seed: 3, under } as const
    expect(keptStep({ row: painted(under, [2, 3, 4], 'unknown'), cover })).toEqual({
      text: '10io.',
      hiding: { region: 'right', share: 0.5, seed: 3 },
    })
  })

  it('that is far away is let go where there are many of a large one', () => {
    const steps = Array.from({ length: 7 }, (_, i) => ({ text: String(i % 2).repeat(30_000), hiding: null }))
    expect(nearest(steps)).toEqual(steps.slice(-3))
    expect(nearest(steps.slice(-2))).toEqual(steps.slice(-2))
  })
})

describe('the steps of a question', () => {
  it('go on after they were kept as if nothing had been', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(step, fc.constant('undo' as const), fc.constant('redo' as const)), { maxLength: 20 }),
        fc.array(fc.constantFrom('undo', 'redo'), { maxLength: 20 }),
        (before, after) => {
          const steps = questionSteps(vi.fn())
          steps.begin(COLUMNS, null)
          for (const one of before)
            if (one === 'undo' || one === 'redo') steps[one]()
            else steps.set(one.row, one.cover)
          const again = questionSteps(vi.fn())
          again.begin(COLUMNS, keptQuestionSchema.parse({ ...steps.kept.value, runId: 'one', typed: '' }))
          for (const way of [null, ...after] as const) {
            if (way !== null) for (const one of [steps, again]) one[way]()
            expect(again.evidence.value).toEqual(steps.evidence.value)
            expect(again.cover.value).toEqual(steps.cover.value)
            expect([again.canUndo.value, again.canRedo.value]).toEqual([steps.canUndo.value, steps.canRedo.value])
          }
        },
      ),
    )
  })

  it('change what is hidden as they change what is seen', () => {
    const steps = questionSteps(vi.fn())
    steps.begin(3, null)
    const under = { bits: Uint8Array.of(1, 1, 0), known: Uint8Array.of(1, 1, 1) }
    const cover = { region: 'left', share: 0.5, seed: 0, under } as const
    steps.set(painted(under, [0, 1], 'unknown'), cover)
    steps.change((known) => painted(known, [2], 'ink'))
    expect(steps.evidence.value).toEqual({ bits: Uint8Array.of(0, 0, 1), known: Uint8Array.of(0, 0, 1) })
    expect(steps.cover.value?.under).toEqual({ bits: Uint8Array.of(1, 1, 1), known: Uint8Array.of(1, 1, 1) })
  })

  it('are not more than can be kept', () => {
    const steps = questionSteps(vi.fn())
    steps.begin(1, null)
    for (let i = 0; i < MOST_STEPS + 5; i++) steps.set({ bits: Uint8Array.of(i % 2), known: Uint8Array.of(1) })
    expect(steps.kept.value?.past).toHaveLength(MOST_STEPS)
  })
})
