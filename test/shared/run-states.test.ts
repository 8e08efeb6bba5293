import { describe, expect, it } from 'vitest'
import { NO_STATES, stateOf, withState, type RunState, type RunStates } from '../../src/shared/run'
import { say } from '../../src/words/say'

const preparing = (runId: string): RunState => ({
  kind: 'preparing',
  runId,
  name: runId,
  step: say('compute.run.reading'),
})
const failed = (runId: string | null, name = 'x'): RunState => ({
  kind: 'failed',
  runId,
  name,
  failure: { code: 'internal', message: say('compute.run.reading'), hint: say('compute.run.reading') },
})
const after = (...states: readonly RunState[]): RunStates => states.reduce(withState, NO_STATES)

describe('the states of runs', () => {
  it('are kept for each of them, and the newest is the one under way', () => {
    const states = after(failed('a'), preparing('b'))
    expect(stateOf(states, 'a')).toEqual(failed('a'))
    expect(stateOf(states, null)).toEqual(preparing('b'))
    expect(stateOf(states, 'c')).toEqual({ kind: 'idle' })
  })

  it('what is told again of a run that is over leaves the run under way what it is', () => {
    const states = after(failed('a'), preparing('b'), failed('a', 'renamed'))
    expect(stateOf(states, null)).toEqual(preparing('b'))
    expect(stateOf(states, 'a')).toEqual(failed('a', 'renamed'))
  })

  it('a run that is over gives way to the next, also where that is told of one that never began', () => {
    expect(after(failed('a'), failed('b')).current).toEqual(failed('b'))
    expect(after(preparing('a'), failed(null)).current).toEqual(failed(null))
  })

  it('once none is under way, those that were are forgotten and those that are over are not', () => {
    const states = after(failed('a'), preparing('b'), { kind: 'idle' })
    expect(states.current).toEqual({ kind: 'idle' })
    expect([...states.byId.keys()]).toEqual(['a'])
  })
})
