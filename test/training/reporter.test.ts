import { afterEach, expect, it, vi } from 'vitest'
import type { RunEvent } from '../../src/shared/run'
import { START } from '../../src/runs/counters'
import { Reporter, type Reported } from '../../src/training/reporter'
import { smallConfig } from './small-run'

afterEach(() => vi.restoreAllMocks())

it('tells the losses of many short lists together, all of them and in order, before whatever else is told', () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const events: RunEvent[] = []
  const reported: Reported = {
    counters: () => START,
    request: () => 'run',
    heldBy: () => null,
    name: () => 'small',
  }
  const reporter = new Reporter('id', smallConfig(), 12, reported, (event) => events.push(event))
  // Lists of three updates that take 5 ms each.
  for (let list = 0; list < 200; list++) {
    now += 5
    reporter.losses(3 * list, Float64Array.of(3 * list, 3 * list + 1, 3 * list + 2))
  }
  reporter.enter('validating')
  const told = events.flatMap((event) => (event.type === 'losses' ? [event] : []))
  // A second has ten times to tell something, and its beginning.
  expect(told.length).toBeLessThanOrEqual(12)
  expect(told[0]).toMatchObject({ firstUpdate: 0, losses: Float64Array.of(0, 1, 2) })
  for (const { firstUpdate, losses } of told) expect(losses[0]).toBe(firstUpdate)
  expect(told.flatMap(({ losses }) => [...losses])).toEqual(Array.from({ length: 600 }, (_, update) => update))
  expect(events.slice(-2).map(({ type }) => type)).toEqual(['losses', 'state'])
})
