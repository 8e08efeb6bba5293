import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { draftOf } from '../../src/renderer/logic/draft'
import { MNIST_THRESHOLD, syntheticSource } from '../../src/shared/data-source'
import { DEFAULT_RUN_CONFIG } from '../../src/shared/run-config'
import { NEW_SESSION, sensibleSession, sessionSchema, type Session } from '../../src/shared/session'

const FILE = { kind: 'file', path: '/tables/a.csv', preparation: null } as const
const SESSION: Session = {
  view: 'train',
  data: syntheticSource('ising-strip'),
  draft: draftOf({ ...DEFAULT_RUN_CONFIG, optimizer: { kind: 'adadelta', rho: 0.9, epsilon: 1e-7 } }, 'Mine'),
  isNameOwn: true,
  scroll: { data: 1200, learn: 3.5 },
  chosen: { train: '2026-11-26-one-3d4e5f', samples: null, runs: 'my run' },
  asked: {
    runId: 'my run',
    text: '01.i1',
    hiding: { region: 'random', share: 0.25, seed: 4_000_000_000 },
    past: [{ text: '.....', hiding: null }],
    future: [],
    typed: 'age>40, se',
  },
  painting: { brush: 'unknown', size: 3, region: 'left', takenFrom: 'sample', number: '12' },
  pinned: 'my run',
  runTable: {
    filter: 'adam mnist',
    isStarred: true,
    statuses: ['finished', 'diverged'],
    sort: { column: 'test', isDescending: false },
    columns: { seed: true, curve: false },
    isGrouped: false,
    hasReferences: false,
  },
  recent: [FILE, { ...FILE, path: '/tables/b.csv' }],
}

describe('a session', () => {
  it('is what it was after it was kept', () => {
    expect(sensibleSession(JSON.parse(JSON.stringify(SESSION)))).toEqual(SESSION)
    expect(sensibleSession(JSON.parse(JSON.stringify(NEW_SESSION)))).toEqual(NEW_SESSION)
  })

  it('of a version that kept less of a question has what it kept', () => {
    const asked = { runId: 'my run', text: '01..1' }
    expect(sensibleSession({ asked }).asked).toEqual({ ...asked, hiding: null, past: [], future: [], typed: '' })
  })

  it('of which a part makes no sense is kept for the rest', () => {
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(SESSION) as (keyof Session)[])), fc.jsonValue(), (name, value) => {
        const read = sensibleSession({ ...SESSION, [name]: value, later: 1 })
        expect(sessionSchema.safeParse(read).success).toBe(true)
        const { [name]: _spoilt, ...others } = read
        const { [name]: _before, ...expected } = SESSION
        expect(others).toEqual(expected)
      }),
    )
  })

  it('that is none is a new one', () => {
    for (const none of [null, undefined, 7, 'text', []]) expect(sensibleSession(none)).toEqual(NEW_SESSION)
    expect(sensibleSession({ data: MNIST_THRESHOLD })).toEqual({ ...NEW_SESSION, data: MNIST_THRESHOLD })
  })
})
