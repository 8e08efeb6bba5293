/**
 * What every thread that decodes files begins with: it loads the modules that it works with, then answers one request
 * after another with what `globalThis.decode(library, request)`, which the rest of its program sets, makes of it.
 */
const { parentPort, workerData } = require('node:worker_threads')

// WebAssembly takes its memory beside that of objects, whose bounds do not hold for it.
const { grow } = WebAssembly.Memory.prototype
const mostBytes = (workerData.wasmMegabytes ?? Infinity) * 2 ** 20
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 2 ** 16 > mostBytes) throw new RangeError('too much memory')
  return grow.call(this, pages)
}

// A list that a damaged file lets grow without end is copied as it grows: a copy that the heap has no room for ends the whole
// process, not this thread alone.
const { mostElements } = workerData
const { push } = Array.prototype
Array.prototype.push = function (element) {
  if (this.length >= mostElements) throw new RangeError('Invalid array length')
  return arguments.length === 1 ? push.call(this, element) : push.apply(this, arguments)
}

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

/** A number of 16 bits (IEEE 754 binary16), which JavaScript has no array for. */
globalThis.halfFloat = (bits) => {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 0x3ff
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25))
}
