/**
 * What every thread that decodes files begins with: it loads the modules that it works with, then answers one request
 * after another with what `globalThis.decode(library, request)`, which the rest of its program sets, makes of it.
 */
const { parentPort, workerData } = require('node:worker_threads')

/** What a module of the older kind exports stands in its default. */
const library = Promise.all(workerData.modules.map((address) => import(address))).then((modules) =>
  Object.assign({}, ...modules.map((module) => ({ ...module.default, ...module }))),
)
void library.then(() => parentPort.postMessage({ isReady: true }))

parentPort.on('message', async (request) => {
  try {
    parentPort.postMessage({ answer: await globalThis.decode(await library, request) })
  } catch (cause) {
    parentPort.postMessage({ failure: String(cause instanceof Error ? cause.message : cause) })
  }
})
