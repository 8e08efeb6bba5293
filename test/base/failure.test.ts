import { describe, expect, it } from 'vitest'
import { failureOf, quoted, StudioError } from '../../src/base/failure'
import { say, verbatim } from '../../src/words/say'

describe('failures', () => {
  it('cross a boundary as code, sentence and hint, never as a stack', () => {
    const [message, hint] = [say('file.disk-full', { path: 'run.json' }), say('file.disk-full.hint')]
    expect(failureOf(new StudioError('disk-full', message, hint))).toEqual({ code: 'disk-full', message, hint })
  })

  it('stay one line each, whatever is in the name of a file', () => {
    const { message, hint } = new StudioError(
      'damaged-file',
      verbatim('The file a\nb\u2028c\u0000 ends.'),
      verbatim('Copy a\r\nb again.'),
    )
    expect([message, hint]).toEqual(['The file a b c  ends.', 'Copy a b again.'])
  })

  it('are internal where they were not foreseen, in one sentence', () => {
    const failure = failureOf(new TypeError('x is not a function...'))
    expect(failure.code).toBe('internal')
    expect(failure.message.english).toMatch(/: x is not a function\.$/)
    expect(failureOf('text').message.english).toMatch(/: text\.$/)
  })

  it('quote what comes from outside on one short line', () => {
    expect(quoted('direct.weight')).toBe('"direct.weight"')
    expect(quoted('a\nb')).toBe('"a\\nb"')
    expect(quoted('x'.repeat(1000))).toHaveLength(80)
    expect(quoted(undefined)).toBe('undefined')
  })
})
