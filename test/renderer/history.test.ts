import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changesBetween,
  MOST_STEPS,
  NO_HISTORY,
  QUICK_MS,
  recorded,
  redone,
  undone,
  valuesOf,
  type History,
  type Values,
} from '../../src/renderer/logic/history'

const START: Values = { hidden: ['500'], epochs: '100', direct: true, data: { kind: 'mnist' } }

/** Somebody sets some places, so many milliseconds after the change before. */
const change = fc.record({
  set: fc.record(
    { hidden: fc.array(fc.string(), { maxLength: 3 }), epochs: fc.string(), direct: fc.boolean() },
    { requiredKeys: [] },
  ),
  after: fc.integer({ min: 0, max: 3 * QUICK_MS }),
})
const changes = fc.array(change, { maxLength: 30 })

interface Session {
  readonly history: History
  readonly now: Values
  readonly at: number
}

function set(session: Session, wanted: Values, after: number): Session {
  const now = { ...session.now, ...wanted }
  const at = session.at + after
  return { history: recorded(session.history, { changes: changesBetween(session.now, now), at }), now, at }
}

function all(made: readonly { readonly set: Values; readonly after: number }[]): Session {
  return made.reduce<Session>((session, { set: wanted, after }) => set(session, wanted, after), {
    history: NO_HISTORY,
    now: START,
    at: 0,
  })
}

/** Goes as far as there are steps; never further than there can be. */
function goAll(session: Session, by: typeof undone, side: 'from' | 'to'): Session {
  let { history, now } = session
  for (let steps = 0; steps <= MOST_STEPS; steps++) {
    const next = by(history)
    if (next === null) return { ...session, history, now }
    history = next.history
    now = { ...now, ...valuesOf(next.step, side) }
  }
  throw new Error('there are more steps than are kept')
}

const undoAll = (session: Session): Session => goAll(session, undone, 'from')
const redoAll = (session: Session): Session => goAll(session, redone, 'to')

describe('what was set', () => {
  it('is as it was at the start when all is undone, and as it was at the end when all is redone', () => {
    fc.assert(
      fc.property(changes, (made) => {
        const end = all(made)
        const start = undoAll(end)
        expect(start.now).toEqual(START)
        expect(redoAll(start).now).toEqual(end.now)
        expect(redoAll(start).history).toEqual(end.history)
      }),
    )
  })

  it('changes with every step that is undone', () => {
    fc.assert(
      fc.property(changes, (made) => {
        for (let { history, now } = all(made); ;) {
          const next = undone(history)
          if (next === null) break
          const before = { ...now, ...valuesOf(next.step, 'from') }
          expect(before).not.toEqual(now)
          history = next.history
          now = before
        }
      }),
    )
  })

  it('cannot be redone once something else was set', () => {
    fc.assert(
      fc.property(changes, changes, (made, others) => {
        const back = undone(all(made).history)
        fc.pre(back !== null)
        const session = { history: back?.history ?? NO_HISTORY, now: START, at: 0 }
        const after = others.reduce((one, { set: wanted }) => set(one, wanted, QUICK_MS), session)
        fc.pre(after.history !== session.history)
        expect(redone(after.history)).toBeNull()
      }),
    )
  })

  it('is kept for so many steps', () => {
    const made = Array.from({ length: MOST_STEPS + 20 }, (_, i) => ({ set: { epochs: String(i) }, after: QUICK_MS }))
    const session = all(made)
    expect(session.history.past).toHaveLength(MOST_STEPS)
    expect(undoAll(session).now['epochs']).toBe('19')
  })

  it('is one step where it is typed into one field in quick succession', () => {
    const typed = all(['1', '12', '120'].map((epochs) => ({ set: { epochs }, after: 200 })))
    expect(typed.history.past).toHaveLength(1)
    expect(undoAll(typed).now).toEqual(START)
    expect(set(typed, { epochs: '1200' }, QUICK_MS).history.past).toHaveLength(2)
    expect(set(typed, { direct: false }, 0).history.past).toHaveLength(2)
    // Where a field is as it was, there is nothing to undo.
    expect(set(typed, { epochs: '100' }, 200).history.past).toEqual([])
  })

  it('is a step of its own where no field is named', () => {
    const first = recorded(NO_HISTORY, { changes: { data: { from: 1, to: 2 } }, at: 0 }, () => null)
    expect(recorded(first, { changes: { data: { from: 2, to: 3 } }, at: 1 }, () => null).past).toHaveLength(2)
  })
})
