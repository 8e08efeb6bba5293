import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { inProject } from '../../../scripts/setup/project.mjs'
import { failureOf, type Failure, type Reply } from '../../../src/base/failure'
import { computeServer } from '../../../src/compute/compute-server'
import { Supervisor, type Child } from '../../../src/main/supervisor'
import { validRequest } from '../../../src/main/valid-request'
import type { ComputePlaces, InternalChannel, ToCompute } from '../../../src/shared/compute-protocol'
import {
  CHANNELS,
  type Channel,
  type ComputeChannel,
  type Params,
  type StudioEvent,
} from '../../../src/shared/contract'
import { verbatim } from '../../../src/words/say'
import { Fault } from '../checks/fault'

const NO_WINDOW: Failure = {
  code: 'engine-unavailable',
  message: verbatim('There is no window here.'),
  hint: verbatim('Use the cpu engine.'),
}

/** Where a home keeps things: all but what comes with the application. */
export function placesIn(home: string): ComputePlaces {
  return {
    mnistFolder: join(home, 'mnist'),
    tablesFolder: inProject('resources', 'tables'),
    modelsFolder: inProject('resources', 'models'),
    runsFolder: join(home, 'runs'),
    speedsFile: join(home, 'speeds.json'),
    queueFile: join(home, 'queue.json'),
  }
}

/** What is asked of the compute process for a request of the window; null where main answers by itself. */
export interface Asked {
  readonly channel: ComputeChannel | InternalChannel
  readonly params: unknown
}

/**
 * The application without its windows: requests are validated as main does, and answered by the compute service behind a
 * message port, all in this process. Where main would ask a person for a place, it is one in the home.
 */
export class Studio {
  /** All that was heard without asking. */
  readonly events: StudioEvent[] = []
  private readonly supervisor: Supervisor<Child>
  private listener: (event: StudioEvent) => void = () => undefined
  private isLost = false

  private constructor(private readonly home: string) {
    this.supervisor = new Supervisor<Child>({
      start: (hear) => childOf(placesIn(home), hear),
      hear: (message, child) => {
        switch (message.kind) {
          case 'event':
            this.events.push(message.event)
            return this.listener(message.event)
          case 'engine-port':
            return child.post({ kind: 'engine-port', failure: NO_WINDOW })
          case 'engine-silent':
            throw new Fault('a window that is not there is said to hang')
          case 'probe':
            return child.post({ kind: 'probed', id: message.id, end: { kind: 'late' } })
        }
      },
      lost: () => {
        this.isLost = true
        return NO_WINDOW
      },
    })
  }

  /** @param home a folder that holds all that it writes */
  static open(home: string): Studio {
    process.env['MADE_STUDIO_HOME'] = home
    return new Studio(home)
  }

  /** Calls a listener with each event from now on. */
  onEvent(listener: (event: StudioEvent) => void): void {
    this.listener = listener
  }

  /** Makes a request as the window does. @param allows what of it is asked for; what is not is answered by undefined */
  async request(
    channel: unknown,
    params: unknown,
    allows: (channel: Channel, params: unknown) => boolean = () => true,
  ): Promise<Reply<unknown>> {
    try {
      const valid = validRequest(channel, params)
      const asked = allows(valid.channel, valid.params) ? this.asked(valid.channel, valid.params) : null
      return asked === null ? { ok: true, value: undefined } : await this.pass(asked.channel, asked.params)
    } catch (error) {
      return { ok: false, failure: failureOf(error) }
    }
  }

  /** Makes a request as main does. */
  pass(channel: ComputeChannel | InternalChannel, params: unknown): Promise<Reply<unknown>> {
    return this.supervisor.pass(channel, params)
  }

  /** Lets it save what is under way, and ends it. @throws Fault if it was lost before */
  async close(): Promise<void> {
    await this.supervisor.end(new AbortController().signal)
    delete process.env['MADE_STUDIO_HOME']
    if (this.isLost) throw new Fault('the service was given up, as it did not answer')
  }

  /** What main asks of the compute process for a request, each in place of a dialog at a place in the home. */
  private asked(channel: Channel, params: unknown): Asked | null {
    const at = (name: string): string => join(this.home, 'written', name)
    switch (channel) {
      case 'samples.export':
        return { channel: 'internal.export', params: { ...(params as Params<'samples.export'>), path: at('samples') } }
      case 'samples.keepBirth':
        return {
          channel: 'internal.writeBytes',
          params: { bytes: (params as Params<'samples.keepBirth'>).bytes, path: at('sample') },
        }
      case 'report.save': {
        const { runIds } = params as Params<'report.save'>
        const path = at(runIds.length > 1 ? 'report.zip' : 'report.html')
        return { channel: 'internal.writeReport', params: { runIds, language: 'en', version: '1.0.0', path } }
      }
      case 'parcel.save': {
        const { runId } = params as Params<'parcel.save'>
        return {
          channel: 'internal.writeParcel',
          params: { runIds: [runId], language: 'ko', version: '1.0.0', path: at('parcel.zip') },
        }
      }
      case 'ask.export':
        return { channel: 'internal.writeAnswer', params: { answer: params, path: at('answer') } }
      case 'runs.fill':
        return { channel: 'internal.fill', params: { ...(params as Params<'runs.fill'>), path: at('filled.csv') } }
      case 'runs.reveal':
        return { channel: 'internal.folderOf', params }
      case 'runs.emptyBin':
        return { channel: 'internal.binFolders', params }
      case 'runs.elsewhere':
        return { channel: 'internal.countRuns', params: { paths: [join(this.home, 'elsewhere')] } }
      default:
        return isOfCompute(channel) ? { channel, params } : null
    }
  }
}

function isOfCompute(channel: Channel): channel is ComputeChannel {
  return CHANNELS[channel].side === 'compute'
}

/** A compute service behind a port, as main holds it. */
function childOf(places: ComputePlaces, hear: (message: unknown) => void): Child {
  const { port1: here, port2: there } = new MessageChannel()
  const take = computeServer((message) => there.postMessage(message))
  there.on('message', (message) => take(message, []))
  here.on('message', hear)
  here.postMessage({ kind: 'places', places } satisfies ToCompute)
  return { post: (message) => here.postMessage(message), processorSeconds, end: () => close(here, there) }
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function close(...ports: readonly MessagePort[]): void {
  for (const port of ports) port.close()
}
