import { describe, expect, it } from 'vitest'
import { StudioError, type Failure } from '../../src/base/failure'
import type { ProbeEnd } from '../../src/base/probe'
import { Probes } from '../../src/compute/probes'
import { serve } from '../../src/compute/serve'
import type { FromCompute, ToCompute } from '../../src/shared/compute-protocol'
import { verbatim } from '../../src/words/say'

const PLACES = {
  mnistFolder: '/a',
  tablesFolder: '/t',
  modelsFolder: '/m',
  runsFolder: '/b',
  speedsFile: '/c',
  queueFile: '/q',
}

function play(handlers: Record<string, (params: never) => unknown>): {
  readonly take: (message: ToCompute, ports?: readonly string[]) => void
  readonly posted: FromCompute[]
  readonly taken: [readonly string[], Failure | null][]
  readonly probed: [number, ProbeEnd][]
} {
  const posted: FromCompute[] = []
  const taken: [readonly string[], Failure | null][] = []
  const probed: [number, ProbeEnd][] = []
  const take = serve<string>({
    handlers: () => handlers,
    takeEnginePort: (ports, failure) => taken.push([ports, failure]),
    takeProbeEnd: (id, end) => probed.push([id, end]),
    // As a port does: what cannot be cloned is refused.
    post: (message) => posted.push(structuredClone(message)),
  })
  return { take: (message, ports = []) => take(message, ports), posted, taken, probed }
}

function request(id: number, channel: string, params?: unknown): ToCompute {
  return { kind: 'request', id, channel: channel as 'run.state', params }
}

describe('the compute process', () => {
  it('says that it is alive when it has begun, and whenever it is asked', () => {
    const { take, posted } = play({})
    take({ kind: 'ping' })
    take({ kind: 'places', places: PLACES })
    expect(posted).toEqual([{ kind: 'alive' }, { kind: 'alive' }])
  })

  it('answers every request once, whatever becomes of it', async () => {
    const { take, posted } = play({
      value: (params: { readonly n: number }) => params.n + 1,
      later: () => Promise.resolve('later'),
      refused: () => {
        throw new StudioError('busy', 'Another run is under way.', 'Wait.')
      },
      rejected: () => Promise.reject(new Error('broken')),
      uncloneable: () => () => 1,
    })
    take(request(0, 'value', { n: 1 }))
    take({ kind: 'places', places: PLACES })
    take(request(1, 'value', { n: 1 }))
    for (const [i, channel] of ['later', 'refused', 'rejected', 'uncloneable', 'unknown', 'toString'].entries())
      take(request(2 + i, channel))
    await expect.poll(() => posted.filter(({ kind }) => kind === 'reply')).toHaveLength(8)
    const replies = posted.filter((message) => message.kind === 'reply').sort((a, b) => a.id - b.id)
    expect(replies.map(({ reply }) => (reply.ok ? reply.value : reply.failure.code))).toEqual([
      'invalid-request',
      2,
      'later',
      'busy',
      'internal',
      'internal',
      'invalid-request',
      'invalid-request',
    ])
  })

  it('takes the ports that main hands out, and why there is none', () => {
    const { take, taken } = play({})
    const failure: Failure = { code: 'engine-unavailable', message: verbatim('No.'), hint: verbatim('Later.') }
    take({ kind: 'engine-port', failure: null }, ['port'])
    take({ kind: 'engine-port', failure })
    expect(taken).toEqual([
      [['port'], null],
      [[], failure],
    ])
  })

  it('passes on what became of each process that tries a library, in whatever order they end', async () => {
    const asked: number[] = []
    const probes = new Probes((id) => asked.push(id))
    const request = { folder: '/p', timeLimit: 1000, env: {} }
    const ends = [probes.run(request), probes.run(request)]
    const { take, probed } = play({})
    const late = { kind: 'late' } as const
    const ended = { kind: 'ended', stdout: 'a', log: '', how: null } as const
    take({ kind: 'probed', id: asked[1], end: late })
    take({ kind: 'probed', id: asked[0], end: ended })
    probed.forEach(([id, end]) => probes.take(id, end))
    expect(await Promise.all(ends)).toEqual([ended, late])
  })
})
