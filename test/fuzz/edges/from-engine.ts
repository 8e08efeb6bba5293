import { serveEngine } from '../../../src/engine/remote/engine-server'
import { RemoteEngine } from '../../../src/engine/remote/remote-engine'
import { failureOf } from '../../../src/base/failure'
import { require } from '../checks/fault'
import { copies, type Edge } from './edge'
import { connectionOn, HandEnd, servedCpu, turns, work } from './engine-client'

/** Replies of the window in which an engine computes: each comes when a call is made, and when they are over the line is cut. */
export const FROM_ENGINE: Edge = {
  examples: async () => {
    const replies = await recorded()
    return [replies, replies.slice(0, 10)]
  },
  hand: async (messages) => {
    let calls = 0
    const client = new HandEnd(() => calls++)
    const connection = connectionOn(client)
    const left = copies(messages)
    const over = RemoteEngine.find(connection)
      .then(work)
      .then(
        () => 'worked',
        (error: unknown) => failureOf(error).code,
      )
    let isOver = false
    void over.then(() => (isOver = true))
    for (let heard = 0; !isOver && left.length > 0; heard++) {
      // Whoever does not take a reply for his waits for the next.
      if (calls <= heard) await turns(2)
      client.hear(left.shift())
      await turns(1)
    }
    client.closed()
    const what = await over
    const code = await connection.call('find', undefined).then(
      () => 'found',
      (error: unknown) => failureOf(error).code,
    )
    require(code === 'process-lost', `a line that was cut answers: ${code}`)
    return what
  },
}

/** The replies to all that is asked of an engine. */
async function recorded(): Promise<unknown[]> {
  const client = new HandEnd((call) => server.hear(call))
  const server = new HandEnd((reply) => queueMicrotask(() => client.hear(reply)))
  serveEngine(server, () => Promise.resolve(servedCpu()))
  await work(await RemoteEngine.find(connectionOn(client)))
  client.closed()
  return server.posted
}
