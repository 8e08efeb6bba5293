/**
 * The compute process of the application in plain Node.js: what Electron calls its parent port is here the channel of a
 * forked child, and all that answers is the program itself.
 */
const parentPort = {
  on: (_event: 'message', hear: (message: { data: unknown; ports: readonly [] }) => void) =>
    process.on('message', (data) => hear({ data, ports: [] })),
  postMessage: (message: unknown) => process.send?.(message),
}
Object.defineProperty(process, 'parentPort', { value: parentPort })
process.on('disconnect', () => process.exit())
await import('../../src/compute/process')

export {}
