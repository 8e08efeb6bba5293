import { describe, expect, it } from 'vitest'
import type { RowCoding } from '../../../src/data/preparation/coding'
import { givenValues } from '../../../src/data/preparation/given-values'
import { failureFrom } from '../../base/expect-failure'

const CODING: RowCoding = {
  kind: 'columns',
  areVariables: true,
  columns: [
    { name: 'sex', kind: 'categories', values: ['Female', 'Male'], gap: 'bit' },
    { name: 'age', kind: 'bins', levels: [25, 37, 50], least: 17, most: 90, decimals: 0, gap: 'left-out' },
    { name: 'note', kind: 'unused' },
    { name: 'smokes', kind: 'flag', gap: 'left-out' },
    { name: 'rooms', kind: 'categories', values: [1, 2, 3], gap: 'left-out' },
    {
      name: 'since',
      kind: 'bins',
      levels: [100, 200],
      least: 0,
      most: 300,
      decimals: 0,
      dates: { unit: 'day', format: { order: 'ymd', hasTime: false, hasSeconds: false } },
      gap: 'left-out',
    },
    { name: 'a=b', kind: 'flag', gap: 'left-out' },
  ],
  label: { name: 'income', words: ['<=50K', '>50K'] },
}
/** The first bit of each column. */
const FIRST = { sex: 0, age: 3, smokes: 7, rooms: 8, since: 11, 'a=b': 14, income: 15 }

describe('values that are given', () => {
  it('become the bits of their columns, and a number those of its bin', () => {
    const { bits, known, notes } = givenValues(CODING, ['sex=Male', 'age=37', 'income=>50K', 'rooms=2.0', 'a=b=1'])
    expect([...bits.onesOf(0)]).toEqual([FIRST.sex + 1, FIRST.age + 1, FIRST.rooms + 1, FIRST['a=b'], FIRST.income + 1])
    expect([...known.onesOf(0)]).toEqual([0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 14, 15, 16])
    expect(notes.map(({ english }) => english)).toEqual(['“age” = 37 stands for its whole range: 25 < age ≤ 37.'])
  })

  it.each([
    ['age=25', FIRST.age],
    ['age=25.5', FIRST.age + 1],
    ['age=-3', FIRST.age],
    ['age=900', FIRST.age + 3],
    ['since=1970-04-12', FIRST.since + 1],
    ['since=12 Apr 1970', FIRST.since + 1],
    ['smokes=1', FIRST.smokes],
    ['sex=', FIRST.sex + 2],
    ['label=>50K', FIRST.income + 1],
  ])('of a number or a date are in the bin that it falls into; nothing is a missing value: %s', (text, bit) => {
    expect([...givenValues(CODING, [text]).bits.onesOf(0)]).toEqual([bit])
  })

  it('of pictures are those of their label alone, whatever it is called', () => {
    const coding: RowCoding = {
      kind: 'grey',
      width: 4,
      omitted: [],
      binarization: { kind: 'threshold', threshold: 128 },
      label: { name: 'digit', words: ['0', '1', '2'] },
    }
    for (const text of ['label=2', 'digit=2']) {
      const { bits, known } = givenValues(coding, [text])
      expect([[...bits.onesOf(0)], [...known.onesOf(0)]]).toEqual([[6], [4, 5, 6]])
    }
  })

  it.each([
    ['sexx=Male', /knows no column “sexx”/, /most like it: sex, age/],
    ['sex=Femle', /never seen “Femle” in the column “sex”/, /most like it: Female and Male\./],
    ['label=50K', /never seen “50K” in the column “income”/, /<=50K/],
    ['rooms=7', /never seen “7” in the column “rooms”/, /1, 2 and 3/],
    ['age=old', /“old” is no number/, /values such as/],
    ['since=never', /“never” is no date/, /values such as/],
    ['smokes=', /In the column “smokes” a missing value is nothing that the model knows/, /values such as/],
    ['sex', /“sex” is no column and value/, /values such as/],
  ])('that the model does not know are refused with those most like it: %s', async (text, sentence, hint) => {
    const failure = await failureFrom(() => givenValues(CODING, [text]))
    expect([failure.code, failure.message, failure.hint]).toEqual([
      'invalid-settings',
      expect.stringMatching(sentence),
      expect.stringMatching(hint),
    ])
  })

  it('are refused twice for a column', async () => {
    const failure = await failureFrom(() => givenValues(CODING, ['sex=Male', 'sex=Female']))
    expect(failure.message).toBe('No value of the column “sex” is all that was given.')
  })

  it.each([
    ['sex!=Male,sex!=', 'sex=Female'],
    ['rooms>=2,rooms<3', 'rooms=2'],
    ['rooms<2', 'rooms=1'],
    ['smokes>0', 'smokes=1'],
    ['smokes!=1', 'smokes=0'],
  ])('may be conditions: %s is %s', (conditions, value) => {
    const [met, same] = [givenValues(CODING, conditions.split(',')), givenValues(CODING, [value])]
    expect([met.bits, met.known]).toEqual([same.bits, same.known])
  })

  it('are of a variable several values, all of which are ones', () => {
    const coding: RowCoding = {
      kind: 'columns',
      areVariables: true,
      columns: [{ name: 'c', gap: 'bit', kind: 'categories', values: ['a', 'b', 'c'] }],
    }
    const { bits, known } = givenValues(coding, ['c!=b'])
    expect([[...bits.onesOf(0)], [...known.onesOf(0)]]).toEqual([
      [0, 2, 3],
      [0, 1, 2, 3],
    ])
    expect([...givenValues(coding, ['c=']).bits.onesOf(0)]).toEqual([3])
  })

  it('of words cannot be compared, and may leave nothing', async () => {
    const words = await failureFrom(() => givenValues(CODING, ['sex>3']))
    expect(words.message).toBe('The column “sex” holds words, which > cannot compare.')
    const nothing = await failureFrom(() => givenValues(CODING, ['rooms>2', 'rooms<2']))
    expect(nothing.message).toBe('No value of the column “rooms” is all that was given.')
  })
})
