import { expect, it, vi } from 'vitest'
import { inPieces } from '../../src/words/say'

vi.mock('../../src/words/korean', () => ({
  korean: { 'common.internal': '<b>{message}</b>[은/는] <i>{message}[을/를]</i> {message}[과/와]' },
}))

it('Korean particles follow the word before them also where that stands in a tag, and within tags', () => {
  const tags = { b: (b: string) => ({ b }), i: (i: string) => ({ i }) }
  const pieces = (message: string): unknown => inPieces<object>('ko', 'common.internal', { message }, tags)
  expect(pieces('책')).toEqual([{ b: '책' }, '은 ', { i: '책을' }, ' 책과'])
  expect(pieces('순서')).toEqual([{ b: '순서' }, '는 ', { i: '순서를' }, ' 순서와'])
})
