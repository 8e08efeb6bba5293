import { describe, expect, it } from 'vitest'
import { Interrupted, Interruptions } from '../../src/cli/interruption'

/** Interruptions in surroundings that only write down what happens, with a clock that is set by hand. */
function surrounded(hasTerminal: boolean): {
  readonly interruptions: Interruptions
  readonly left: number[]
  readonly said: string[]
  readonly at: (milliseconds: number) => void
} {
  let now = 0
  const left: number[] = []
  const said: string[] = []
  const interruptions = new Interruptions({
    leave: (status) => left.push(status),
    say: (text) => said.push(text),
    hasTerminal: () => hasTerminal,
    now: () => now,
  })
  return { interruptions, left, said, at: (milliseconds) => (now = milliseconds) }
}

describe('a signal that asks the process to end', () => {
  it('ends it at once before its work begins, with 128 and the number of the signal', () => {
    const { interruptions, left } = surrounded(false)
    interruptions.hear('SIGTERM')
    interruptions.hear('SIGINT')
    interruptions.hear('SIGHUP')
    expect(left).toEqual([143, 130, 129])
  })

  it('asks the work to end, and is the same wish however often it comes', () => {
    const { interruptions, left, said } = surrounded(false)
    const signal = interruptions.begin(() => 'Leaving in order.')
    expect([signal.aborted, interruptions.reason]).toEqual([false, null])
    interruptions.hear('SIGTERM')
    expect(signal.aborted).toBe(true)
    for (let i = 0; i < 20; i++) for (const again of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) interruptions.hear(again)
    expect([left, said]).toEqual([[], []])
    expect(interruptions.reason).toMatchObject({ signal: 'SIGTERM', status: 143 })
    expect(() => signal.throwIfAborted()).toThrow(Interrupted)
  })

  it('lets a person at a terminal leave at once by pressing Ctrl+C three times, and says so at the first', () => {
    const { interruptions, left, said, at } = surrounded(true)
    const signal = interruptions.begin(() => 'Leaving in order.')
    interruptions.hear('SIGINT')
    expect([signal.aborted, said.length]).toEqual([true, 1])
    at(5000)
    interruptions.hear('SIGINT')
    expect([left, said.length]).toEqual([[], 1])
    at(9000)
    interruptions.hear('SIGINT')
    expect(left).toEqual([130])
  })

  it('counts a press once that a program in between passes on again, and presses only', () => {
    const { interruptions, left, at } = surrounded(true)
    interruptions.begin(() => 'Leaving in order.')
    for (const moment of [0, 5000]) {
      at(moment)
      for (let i = 0; i < 3; i++) interruptions.hear('SIGINT')
      interruptions.hear('SIGTERM')
      at(moment + 50)
      interruptions.hear('SIGINT')
    }
    expect(left).toEqual([])
    at(10_000)
    interruptions.hear('SIGTERM')
    expect(left).toEqual([])
    interruptions.hear('SIGINT')
    expect(left).toEqual([130])
  })
})
