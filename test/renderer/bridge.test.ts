import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reactive, ref } from 'vue'
import { withoutProxies } from '../../src/renderer/bridge'

describe('what goes to another process', () => {
  it('may hold what Vue watches, at any depth', () => {
    const watched = ref({ optimizer: { kind: 'sgd', learningRate: 0.25 }, hidden: [{ units: 3 }] })
    const { optimizer, hidden } = watched.value
    for (const value of [watched.value, { optimizer: { ...optimizer, learningRate: 0.1 } }, { a: [[hidden]] }])
      expect(() => structuredClone(withoutProxies(value))).not.toThrow()
    expect(() => structuredClone(watched.value)).toThrow()
  })

  it('is otherwise what it was', () => {
    const bytes = new Uint8Array([1, 2])
    expect(withoutProxies(bytes)).toBe(bytes)
    fc.assert(
      fc.property(fc.object({ maxDepth: 4 }), (value) => {
        expect(withoutProxies(reactive(structuredClone(value)))).toEqual(value)
      }),
    )
  })
})
