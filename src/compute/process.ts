import { failureOf } from '../base/failure'
import type { FromCompute } from '../shared/compute-protocol'
import { computeServer } from './compute-server'

/** The entry of the utility process: requests in, replies and events out. */

const post = (message: FromCompute): void => process.parentPort.postMessage(message)
const take = computeServer(post)
process.parentPort.on('message', ({ data, ports }: { data: unknown; ports: Electron.MessagePortMain[] }) =>
  take(data, ports),
)

// Whoever waits for a promise hears of its failure; one that nobody waits for belongs to work that went on without it. An
// exception that nobody catches ends the process instead, which is then started again: what it left half done is unknown.
process.on('unhandledRejection', (reason) =>
  post({ kind: 'event', event: { type: 'failure', failure: failureOf(reason) } }),
)
