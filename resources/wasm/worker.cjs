// A worker of the WebAssembly kernels (src/engine/cpu/wasm-machine.ts reads this file and starts it as text, so that it
// works from inside an archive too). It runs one call at a time; between calls it rests in its event loop. The
// one whose help is over says nothing, because the call that it helped says it.
const { parentPort, workerData } = require('node:worker_threads')

const { module: kernels, memory, stack } = workerData
const made = {
  outOfMemory: () => {
    throw new Error('out of memory')
  },
}
const { exports: calls } = new WebAssembly.Instance(kernels, { env: { memory }, made })
calls.__stack_pointer.value = stack

parentPort.on('message', ([name, ...args]) => {
  try {
    // V8 does not tell a thread that is just starting that another one has made the memory grow (about one start in a
    // thousand when both coincide): its atomic operations would trap beyond the old end. Growing by nothing tells it.
    memory.grow(0)
    calls[name](...args)
    if (name !== 'help') parentPort.postMessage(null)
  } catch (error) {
    parentPort.postMessage(String(error?.message ?? error))
  }
})
