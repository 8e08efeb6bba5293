import { describe, expect, it } from 'vitest'
import { inField, migrated, type Fields, type Migration } from '../../src/base/migration'

const STEPS: readonly Migration[] = [
  (old) => ({ ...old, second: 'added' }),
  inField('inner', ({ old, ...rest }) => ({ ...rest, renamed: old })),
]

describe('a file of an earlier version', () => {
  it('goes through the steps that it lacks, in order', () => {
    expect(migrated({ inner: { old: 1, kept: 2 } }, STEPS, 'it')).toEqual({
      version: 3,
      second: 'added',
      inner: { renamed: 1, kept: 2 },
    })
    expect(migrated({ version: 2, inner: { old: 1 } }, STEPS, 'it')).toEqual({ version: 3, inner: { renamed: 1 } })
    expect(migrated({ version: 3, inner: { old: 1 } }, STEPS, 'it')).toEqual({ version: 3, inner: { old: 1 } })
  })

  it('is left for the schema to refuse where it makes no sense', () => {
    for (const read of [null, 'text', 7, [], undefined]) expect(migrated(read, STEPS, 'it')).toBe(read)
    for (const version of ['1', 0, -1, 1.5, null])
      expect((migrated({ version }, STEPS, 'it') as Fields)['version']).toBe(version)
    expect(migrated({ version: 2, inner: 'text' }, STEPS, 'it')).toEqual({ version: 3, inner: 'text' })
  })

  it('is not changed itself', () => {
    const read = Object.freeze({ inner: Object.freeze({ old: 1 }) })
    migrated(read, STEPS, 'it')
    expect(read).toEqual({ inner: { old: 1 } })
  })
})

describe('a file of a later version', () => {
  it('is refused in words', () => {
    expect(() => migrated({ version: 4 }, STEPS, 'the settings')).toThrow(
      expect.objectContaining({
        code: 'newer-version',
        message: 'A newer MADE Studio has written the settings: version 4, of which this one reads up to 3.',
      }),
    )
  })
})
