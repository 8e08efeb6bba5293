// Run as text in a process of its own: loads the package, computes a little, and reports on its last line.
'use strict'
const util = require('node:util')
const { Worker } = require('node:worker_threads')
util.isNullOrUndefined ??= (value) => value === null || value === undefined

const [folder, timeLimit] = process.argv.slice(-2)
// A library that hangs must not outlive the process that tried it, which may have been killed meanwhile.
new Worker(`setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${Number(timeLimit)})`, { eval: true }).unref()
// A utility process of Electron does not end by itself.
const report = (result) => process.stdout.write(`\n${JSON.stringify(result)}\n`, () => process.exit(0))
try {
  const tf = require(folder)
  const { binding, isUsingGpuDevice } = tf.backend()
  // Integers up to 2^24 are exact in float32: 1·1 + 2·2 + … + 64·64.
  const numbers = tf.range(1, 65)
  const sum = tf.sum(tf.matMul(numbers.reshape([1, 64]), numbers.reshape([64, 1]))).dataSync()[0]
  report({ sum, version: String(binding.TF_Version), isUsingGpu: isUsingGpuDevice === true })
} catch (error) {
  report({ error: error instanceof Error ? error.message : String(error) })
}
