import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SerialQueue } from '../../src/base/serial-queue'
import { expectFailure } from './expect-failure'

describe('a serial queue', () => {
  it('does one piece of work at a time, in order, whatever fails and however long each takes', () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(fc.boolean(), { maxLength: 12 }), async (scheduler, failures) => {
        const queue = new SerialQueue()
        const begun: number[] = []
        let underWay = 0
        const answers = failures.map((fails, i) =>
          queue.run(async () => {
            begun.push(i)
            expect(++underWay).toBe(1)
            await scheduler.schedule(Promise.resolve())
            underWay--
            if (fails) throw new Error(`failed ${i}`)
            return i
          }),
        )
        const settled = Promise.allSettled(answers)
        await scheduler.waitFor(settled)
        expect(begun).toEqual(failures.map((_, i) => i))
        expect((await settled).map((answer) => answer.status)).toEqual(
          failures.map((fails) => (fails ? 'rejected' : 'fulfilled')),
        )
      }),
    ))

  it('drops what was given up before its turn, and nothing else', async () => {
    const queue = new SerialQueue()
    const control = new AbortController()
    const done: string[] = []
    const first = queue.run(async () => {
      control.abort()
      await Promise.resolve()
      done.push('first')
    }, control.signal)
    const second = queue.run(() => done.push('second'), control.signal)
    const third = queue.run(() => done.push('third'))
    await expectFailure(() => second, 'cancelled')
    await Promise.all([first, third])
    expect(done).toEqual(['first', 'third'])
  })
})
