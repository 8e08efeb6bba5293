/**
 * Tests of the addon as JavaScript calls it, run in plain Node.js with the addon compiled for AddressSanitizer and
 * UndefinedBehaviorSanitizer (scripts/test/native-addon.mjs): models of random shapes on every instruction set, calls that are
 * wrong, models that are closed, forgotten or still at work, several threads of JavaScript, an end in the middle.
 *   node --expose-gc addon-test.mjs <addon> <cases> [first] [lives]
 * With the last word, the lives of models alone: for processors that are emulated.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as wait } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

const [path, cases, first] = isMainThread ? [process.argv[2], Number(process.argv[3]), Number(process.argv[4] ?? 0)] : workerData
const addon = createRequire(import.meta.url)(path)

const WEIGHT = 0
const BIAS = 1
const CONDITIONING = 2
/** Kind, learning rate, decay, momentum, epsilon, rho, beta1, beta2, slots. */
const OPTIMIZERS = [
  [0, 0.05, 0.1, 0, 0, 0, 0, 0, 0],
  [0, 0.05, 0, 0.9, 0, 0, 0, 0, 1],
  [1, 0.05, 0, 0, 1e-3, 0, 0, 0, 1],
  [2, 0, 0, 0, 1e-3, 0.95, 0, 0, 2],
  [3, 0.01, 0, 0, 1e-2, 0, 0.9, 0.999, 2],
]
let checks = 0
let failures = 0

/**
 * @param {string} what
 * @param {() => unknown} work
 */
async function report(what, work) {
  checks++
  try {
    await work()
    console.log(`ok      ${what}`)
  } catch (error) {
    failures++
    console.log(`FAILED  ${what}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/**
 * @param {boolean} holds
 * @param {string} otherwise
 */
function require(holds, otherwise) {
  if (!holds) throw new Error(otherwise)
}

/**
 * @param {() => unknown} call
 * @param {RegExp} words
 * @param {string} what
 */
function requireRefused(call, words, what) {
  let said = null
  try {
    call()
  } catch (error) {
    said = error instanceof Error ? error.message : String(error)
  }
  require(said !== null && words.test(said), `${what} was ${said === null ? 'accepted' : `refused with "${said}"`}`)
}

/** Mulberry32: numbers that are the same on every machine. */
class Random {
  constructor(seed) {
    this.state = seed
  }
  /** 0 ≤ u < 1. */
  uniform() {
    this.state = (this.state + 0x6d2b79f5) | 0
    let z = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z
    return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32
  }
  between(least, most) {
    return least + Math.floor(this.uniform() * (most - least + 1))
  }
  pick(list) {
    return list[this.between(0, list.length - 1)]
  }
}

/** A model inside the addon, and all that is needed to call it. */
class Model {
  constructor(random, { build = random.pick(addon.builds()), threads = random.between(1, 3), optimizer = random.pick(OPTIMIZERS) } = {}) {
    this.random = random
    this.inputs = random.between(2, 70)
    this.hidden = Array.from({ length: random.between(1, 3) }, () => random.between(1, 60))
    this.direct = random.between(0, 1)
    this.conditioning = random.between(0, 1)
    this.slots = optimizer[8]
    this.shape = Int32Array.of(this.inputs, random.between(0, 3), this.direct, this.conditioning, ...this.hidden)
    this.rates = Float64Array.of(...optimizer, random.pick([0, 0.01]))
    this.wordsPerRow = Math.ceil(this.inputs / 32)
    this.columns = random.between(0, 1) ? this.variableColumns() : null
    this.variables = this.columns?.length ?? this.inputs
    this.handle = addon.open(build, threads, this.shape, this.rates, this.columns)
    this.t = 0
    for (const [layer, part, slot, n] of this.tensors())
      addon.write(this.handle, layer, part, slot, Float32Array.from({ length: n }, () => (slot < 0 ? random.uniform() - 0.5 : 0)))
    this.trainingRows = random.between(1, 100)
    addon.setRows(this.handle, this.valuesOf(this.trainingRows), this.trainingRows, this.wordsPerRow)
  }

  /** Columns of each of at least two variables. */
  variableColumns() {
    const columns = []
    for (let left = this.inputs; left > 0; left -= columns.at(-1)) {
      const most = columns.length === 0 ? left - 1 : left
      columns.push(Math.min(most, this.random.pick([1, 1, 1, 2, 3, 5, 30])))
    }
    return Int32Array.from(columns)
  }

  /** Every tensor: layer, part, slot, how many values. */
  *tensors() {
    const widths = [this.inputs, ...this.hidden, this.inputs]
    for (let slot = -1; slot < this.slots; slot++) {
      for (let l = 0; l <= this.hidden.length; l++) {
        yield [l, WEIGHT, slot, widths[l] * widths[l + 1]]
        yield [l, BIAS, slot, widths[l + 1]]
        if (this.conditioning) yield [l, CONDITIONING, slot, widths[l] * widths[l + 1]]
      }
      if (this.direct) yield [this.hidden.length + 1, WEIGHT, slot, this.inputs ** 2]
    }
  }

  rows(count) {
    const words = new Uint32Array(count * this.wordsPerRow)
    for (let row = 0; row < count; row++)
      for (let d = 0; d < this.inputs; d++) if (this.random.uniform() < 0.4) words[row * this.wordsPerRow + (d >> 5)] |= 1 << (d & 31)
    return words
  }

  /** Rows with one value of every variable. */
  valuesOf(count) {
    const { columns } = this
    if (columns === null) return this.rows(count)
    const words = new Uint32Array(count * this.wordsPerRow)
    for (let row = 0; row < count; row++)
      for (let v = 0, first = 0; v < columns.length; first += columns[v], v++) {
        const one = columns[v] === 1 ? this.random.between(-1, 0) : this.random.between(0, columns[v] - 1)
        if (one >= 0) words[row * this.wordsPerRow + ((first + one) >> 5)] |= 1 << ((first + one) & 31)
      }
    return words
  }

  connectivity() {
    const ordering = Array.from({ length: this.variables }, (_, v) => v + 1)
    for (let i = ordering.length - 1; i > 0; i--) {
      const j = this.random.between(0, i)
      ;[ordering[i], ordering[j]] = [ordering[j], ordering[i]]
    }
    const degrees = this.hidden.flatMap((units) => Array.from({ length: units }, () => this.random.between(1, this.variables - 1)))
    const observed = this.random.between(1, this.variables)
    return Int32Array.of(...ordering, ...degrees, observed)
  }

  connectivities(count) {
    return Int32Array.of(...Array.from({ length: count }, () => [...this.connectivity()]).flat())
  }

  /** The arguments of `train` for so many minibatches. */
  training(steps, lengthMost = 40) {
    const lengths = Uint32Array.from({ length: steps }, () => this.random.between(1, lengthMost))
    const rows = Uint32Array.from({ length: lengths.reduce((a, b) => a + b, 0) }, () => this.random.between(0, this.trainingRows - 1))
    const count = this.random.between(1, 3)
    const chosen = Uint32Array.from({ length: steps }, () => this.random.between(0, count - 1))
    const factors = Float64Array.from({ length: steps }, () => this.random.between(0, 10) / 10)
    const t = this.t
    this.t += steps
    return [rows, lengths, this.connectivities(count), chosen, factors, t]
  }

  scoring(count) {
    return [this.valuesOf(count), count, this.wordsPerRow, this.connectivities(this.random.between(1, 3)), this.random.between(0, 1)]
  }

  drawing(count) {
    const completes = this.random.between(0, 1) === 1
    const weighs = completes && count > 0 && count % 16 === 0
    const request = Float64Array.of(
      this.random.between(0, 2 ** 40),
      5,
      16 * this.random.between(0, 2 ** 30),
      ...(weighs ? [16, 15] : []),
    )
    // The particles of a group have one evidence.
    const shared = (words) => (weighs ? words.map((_, i) => words[(Math.floor(i / this.wordsPerRow / 16) * 16) * this.wordsPerRow + (i % this.wordsPerRow)]) : words)
    const [given, known] = completes ? [shared(this.valuesOf(count)), shared(this.rows(count))] : [null, null]
    return [count, this.wordsPerRow, this.connectivity(), request, given, known]
  }

  async train() {
    const training = this.training(this.random.between(0, 4), this.random.pick([5, 40, 257]))
    const losses = await addon.train(this.handle, ...training)
    require(losses.length === training[1].length && losses.every((loss) => loss >= 0), 'a loss is wrong')
    return [...losses]
  }

  async score() {
    const scoring = this.scoring(this.random.pick([0, 1, 7, 150]))
    const [, count, , connectivities, wantsLogits] = scoring
    const scored = await addon.score(this.handle, ...scoring)
    if (wantsLogits) require(scored instanceof Float32Array && scored.length === count * this.inputs, 'logits are missing')
    else {
      require(scored instanceof Float64Array && scored.length === (count * connectivities.length) / this.connectivity().length, 'scores are missing')
      require(scored.every((score) => score <= 0), 'a log-likelihood is positive')
    }
    return [...scored]
  }

  async draw() {
    const drawing = this.drawing(this.random.pick([0, 1, 7, 150, 64]))
    const [count, , , , given, known] = drawing
    const { bits, probabilities, logWeights, origins } = await addon.draw(this.handle, ...drawing)
    const weighs = drawing[3].length > 3
    require(weighs ? logWeights.length === count && origins.length === count : logWeights === undefined, 'weights are missing')
    require(bits.length === count * this.wordsPerRow && probabilities.length === count * this.inputs, 'drawn rows are missing')
    require(probabilities.every((p) => p >= 0 && p <= 1), 'a probability is wrong')
    if (given && this.columns === null) require(bits.every((word, i) => ((word ^ given[i]) & known[i]) === 0), 'a known bit was not kept')
    this.requireOneValue(bits, count)
    return [...bits, ...probabilities]
  }

  /** Every row has exactly one column of every variable of several. */
  requireOneValue(bits, count) {
    const isOne = (row, d) => (bits[row * this.wordsPerRow + (d >> 5)] >>> (d & 31)) & 1
    for (let row = 0; row < count; row++)
      for (let v = 0, first = 0; v < (this.columns?.length ?? 0); first += this.columns[v], v++) {
        let ones = 0
        for (let c = 0; c < this.columns[v]; c++) ones += isOne(row, first + c)
        require(this.columns[v] === 1 || ones === 1, `a drawn row has ${ones} values of a variable`)
      }
  }

  async operate() {
    addon.use(this.handle, this.random.between(0, 4))
    switch (this.random.between(0, 7)) {
      case 0: case 1: return this.train()
      case 2: case 3: return this.score()
      case 4: return this.draw()
      case 5: return addon.settle(this.handle, this.connectivity())
      case 6: return [await addon.measure(this.handle, 2, this.random.between(0, 5))]
      default: return this.copyThrough()
    }
  }

  /** What is written is read. */
  copyThrough() {
    for (const [layer, part, slot, n] of this.tensors()) {
      const values = new Float32Array(n)
      addon.read(this.handle, layer, part, slot, values)
      addon.write(this.handle, layer, part, slot, values)
      const again = new Float32Array(n).fill(NaN)
      addon.read(this.handle, layer, part, slot, again)
      require(again.every((value, i) => value === values[i]), 'what was written is not what is read')
    }
    return undefined
  }

  /** Every function that needs an open model, with arguments that are right. */
  *calls() {
    const [layer, part, slot, n] = this.random.pick([...this.tensors()])
    yield ['write', [layer, part, slot, new Float32Array(n)]]
    yield ['read', [layer, part, slot, new Float32Array(n)]]
    yield ['setRows', [this.rows(3), 3, this.wordsPerRow]]
    yield ['settle', [this.connectivity()]]
    yield ['use', [2]]
    yield ['train', this.training(2)]
    yield ['score', this.scoring(3)]
    yield ['draw', this.drawing(3)]
    yield ['measure', [2, 1]]
  }
}

async function life(number) {
  const builds = addon.builds()
  const model = new Model(new Random(number), { build: builds[number % builds.length] })
  for (let i = 0; i < 12; i++) await model.operate()
  if (number % 2 === 0) addon.close(model.handle)
}

/** What a model of that seed computes, whatever the threads and whatever else goes on. */
async function fate(seed, build, threads) {
  const model = new Model(new Random(seed), { build, threads, optimizer: OPTIMIZERS[4] })
  const seen = []
  for (let i = 0; i < 8; i++) seen.push(await model.operate())
  addon.close(model.handle)
  return JSON.stringify(seen)
}

async function closedModels() {
  for (let seed = 0; seed < 3; seed++) {
    const model = new Model(new Random(seed))
    if (seed === 1) await model.train()
    addon.close(model.handle)
    for (const [name, args] of model.calls()) requireRefused(() => addon[name](model.handle, ...args), /^the model is closed$/, `${name} of a closed model`)
    addon.close(model.handle)
  }
}

/** Work that goes on is finished whatever happens to its model. */
async function modelsAtWork() {
  for (let seed = 0; seed < 4; seed++) {
    const model = new Model(new Random(seed), { threads: 2 })
    const training = addon.train(model.handle, ...model.training(30))
    for (const [name, args] of model.calls()) requireRefused(() => addon[name](model.handle, ...args), /^the model is at work$/, `${name} while training`)
    if (seed % 2 === 0) addon.close(model.handle)
    require((await training).length === 30, 'training was cut short')
    if (seed % 2 === 0) requireRefused(() => addon.use(model.handle, 1), /^the model is closed$/, 'a closed model')
    else await model.train()
  }
}

/** What is wrong in an argument: each instead of one that is right. */
const WRONG = [undefined, null, NaN, Infinity, -1, 0.5, 2 ** 31, -(2 ** 40), 'avx2', {}, [], new Float32Array(3), new Float64Array(0), new Int32Array(7), Int32Array.of(-5, 1 << 30), new Uint32Array(1).fill(2 ** 32 - 1), new Uint8Array(8), new DataView(new ArrayBuffer(8))]

/** Any argument may be anything: the call is refused in words, or it makes sense after all; nothing is damaged. */
async function wrongArguments(seed) {
  const random = new Random(seed)
  const model = new Model(random)
  const refusal = /^(an argument|the |that |open: |train: |draw: |measure: |an ordering )/
  const attempt = async (name, args) => {
    try {
      await addon[name](...args)
      return true
    } catch (error) {
      require(error instanceof Error && refusal.test(error.message), `${name} failed with "${String(error)}"`)
      return false
    }
  }
  for (const [name, args] of [...model.calls()])
    for (let i = 0; i <= args.length; i++) {
      for (const wrong of WRONG) await attempt(name, [model.handle, ...args].with(i, wrong))
      await attempt(name, [model.handle, ...args].slice(0, i))
    }
  for (let i = 0; i < 5; i++)
    for (const wrong of WRONG) {
      const args = ['baseline', 1, model.shape, model.rates, model.columns].with(i, wrong)
      // A handful of threads and small shapes are right, and then there is a model more.
      await attempt('open', args)
    }
  for (const wrong of WRONG) require(!(await attempt('close', [wrong])), 'something that is no model was closed')
  // The rows may be others now; the model works as ever.
  addon.setRows(model.handle, model.rows(model.trainingRows), model.trainingRows, model.wordsPerRow)
  addon.settle(model.handle, model.connectivity())
  for (let i = 0; i < 6; i++) await model.operate()
  addon.close(model.handle)
}

/** Arguments of the right type that do not fit the model. */
function argumentsThatDoNotFit(seed) {
  const random = new Random(seed)
  const model = new Model(random, { optimizer: OPTIMIZERS[4] })
  const { handle, inputs, variables, wordsPerRow, shape, rates } = model
  const refused = (name, args, words) => requireRefused(() => addon[name](handle, ...args), words, `${name} of ${JSON.stringify(args).slice(0, 60)}`)
  const longer = (array) => new array.constructor(array.length + 1).fill(1)
  const shorter = (array) => array.slice(0, -1)
  const changed = (array, at, value) => array.slice().fill(value, at, at + 1)
  for (const [layer, part, slot, n] of model.tensors())
    for (const name of ['write', 'read']) {
      refused(name, [layer, part, slot, new Float32Array(n + 1)], /another size/)
      refused(name, [layer, part, slot, new Float32Array(n - 1)], /another size/)
    }
  const last = model.hidden.length + model.direct
  for (const [layer, part, slot] of [[-1, 0, -1], [last + 1, 0, -1], [0, 3, -1], [0, -1, -1], [0, 0, -2], [0, 0, 2], ...(model.conditioning ? [] : [[0, CONDITIONING, -1]]), ...(model.direct ? [[last, BIAS, -1], [last, CONDITIONING, -1]] : [])])
    for (const name of ['write', 'read']) refused(name, [layer, part, slot, new Float32Array(inputs * inputs)], /no such tensor/)
  const rows = model.rows(5)
  for (const args of [[longer(rows), 5, wordsPerRow], [shorter(rows), 5, wordsPerRow], [rows, 6, wordsPerRow], [rows, -5, wordsPerRow], [rows, 5, wordsPerRow + 1], [rows, 5, 0], [rows, 5, -1]]) {
    refused('setRows', args, /rows do not fit/)
    refused('score', [...args, model.connectivity(), 0], /rows do not fit/)
  }
  if (inputs % 32 !== 0) {
    const stray = changed(rows, 5 * wordsPerRow - 1, 2 ** 31)
    refused('setRows', [stray, 5, wordsPerRow], /more columns/)
    refused('score', [stray, 5, wordsPerRow, model.connectivity(), 0], /more columns/)
  }
  const right = model.connectivity()
  const request = Float64Array.of(1, 5, 0)
  const misfits = [longer(right), shorter(right), new Int32Array(0), changed(right, 0, 0), changed(right, 0, variables + 1), changed(right, variables, 0), changed(right, variables, variables), changed(right, 0, right[1])]
  const training = model.training(2)
  for (const misfit of misfits) {
    const words = /connectivities do not fit|out of range|a place twice/
    refused('settle', [misfit], words)
    refused('score', [rows, 5, wordsPerRow, misfit, 0], words)
    refused('draw', [5, wordsPerRow, misfit, request, null, null], words)
    refused('train', training.with(2, misfit), words)
  }
  const [named, lengths, , chosen, factors] = training
  refused('train', training.with(0, longer(named)), /incomplete/)
  refused('train', training.with(0, changed(named, 0, model.trainingRows)), /no such row/)
  refused('train', training.with(1, longer(lengths)), /incomplete/)
  refused('train', training.with(1, changed(lengths, 0, 0)), /empty/)
  refused('train', training.with(3, shorter(chosen)), /incomplete/)
  refused('train', training.with(3, changed(chosen, 1, 3)), /no such connectivity/)
  refused('train', training.with(4, longer(factors)), /incomplete/)
  for (const factor of [-0.5, 1.5, NaN]) refused('train', training.with(4, changed(factors, 1, factor)), /out of range/)
  refused('train', training.with(5, -1), /out of range/)
  refused('train', training.with(5, NaN), /out of range/)
  const drawn = (change) => ({ count: 5, words: wordsPerRow, request, given: null, known: null, ...change })
  for (const [change, words] of [
    [{ count: -1 }, /rows do not fit/], [{ words: wordsPerRow + 1 }, /rows do not fit/], [{ request: longer(request) }, /incomplete/],
    [{ request: Float64Array.of(-1, 5, 0) }, /out of range/], [{ request: Float64Array.of(1, 2 ** 32, 0) }, /out of range/], [{ request: Float64Array.of(1, 5, NaN) }, /out of range/],
    [{ given: rows }, /array/], [{ request: Float64Array.of(1, 5, 0, 16, 15) }, /need evidence/], [{ given: rows, known: rows, request: Float64Array.of(1, 5, 0, 8, 15) }, /out of range/],
    [{ given: rows, known: rows, request: Float64Array.of(1, 5, 0, 16, 15) }, /out of range/], [{ given: rows, known: shorter(rows) }, /rows do not fit/], [{ given: longer(rows), known: rows }, /rows do not fit/],
  ]) {
    const d = drawn(change)
    refused('draw', [d.count, d.words, right, d.request, d.given, d.known], words)
  }
  refused('measure', [3, 1], /no such limit/)
  refused('measure', [0, -1], /no such limit/)
  const opened = (args, words) => requireRefused(() => addon.open(...args), words, `open of ${String(args)}`)
  opened(['mmx', 1, shape, rates], /instruction set/)
  opened(['baseline', 0, shape, rates], /threads/)
  opened(['baseline', 1e6, shape, rates], /threads/)
  opened(['baseline', 1, shape.slice(0, 4), rates], /incomplete/)
  opened(['baseline', 1, shape, shorter(rates)], /incomplete/)
  for (const [at, value] of [[0, 1], [0, -3], [1, 4], [1, -1], [4, 0], [4, -2], [4, 2 ** 30]]) opened(['baseline', 1, changed(shape, at, value), rates], /shape is out of range/)
  opened(['baseline', 1, shape, changed(rates, 0, 4)], /no such optimizer/)
  const half = Math.floor(inputs / 2)
  for (const columns of [[], [inputs], [half, inputs - half + 1], [half, inputs - half - 1], [0, inputs], [-1, inputs + 1], [2 ** 31 - 1, 2 ** 31 - 1, inputs + 2]])
    opened(['baseline', 1, shape, rates, Int32Array.from(columns)], /variables do not fit/)
  opened(['baseline', 1, shape, rates, [half, inputs - half]], /not an array/)
  for (const slots of [-1, 0, 1, 3, NaN]) opened(['baseline', 1, shape, changed(rates, 8, slots)], /slots/)
  addon.close(handle)
}

/** Threads of this process, or null where the system does not say. */
function threadCount() {
  if (process.platform !== 'linux') return null
  return Number(/^Threads:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1])
}

/** Models that nobody closed go with their threads, those at work when they are done. */
async function forgottenModels() {
  await new Model(new Random(1)).train()
  await collected()
  const before = threadCount()
  for (let seed = 0; seed < 30; seed++) {
    beginAndForget(seed)
    if (seed % 5 === 0) globalThis.gc()
  }
  // They end when they are done, on a busy machine late.
  for (let tries = 0; tries < 10_000 && before !== null && threadCount() > before; tries++) await collected()
  require(before === null || threadCount() <= before, `${threadCount() - before} threads of forgotten models are left`)
}

function beginAndForget(seed) {
  const model = new Model(new Random(seed), { threads: 3 })
  if (seed % 3 === 0) void addon.train(model.handle, ...model.training(20))
}

async function collected() {
  globalThis.gc()
  await wait(5)
}

/** Another thread of JavaScript with the same addon; what it computes is what is computed here meanwhile. */
async function otherThread() {
  const worker = new Worker(new URL(import.meta.url), { workerData: [path, 0, 0] })
  const theirs = new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  worker.postMessage('fate')
  const ours = await fate(5, 'baseline', 2)
  require((await theirs) === ours, 'another thread of JavaScript computes something else')
  await worker.terminate()
}

/** A thread of JavaScript that is ended in the middle of training takes its models with it and nothing else. */
async function endedThread() {
  for (let i = 0; i < 3; i++) {
    const worker = new Worker(new URL(import.meta.url), { workerData: [path, 0, 0] })
    worker.postMessage('work')
    await new Promise((resolve) => worker.once('message', resolve))
    await worker.terminate()
  }
  await new Model(new Random(2)).train()
}

if (!isMainThread)
  parentPort.on('message', async (request) => {
    if (request === 'fate') return parentPort.postMessage(await fate(5, 'baseline', 2))
    const model = new Model(new Random(9), { threads: 2 })
    const working = [addon.train(model.handle, ...model.training(100))]
    for (const seed of [10, 11]) {
      const other = new Model(new Random(seed), { threads: 2 })
      working.push(addon.draw(other.handle, ...other.drawing(3000)), addon.measure(new Model(new Random(seed)).handle, 0, 50))
    }
    parentPort.postMessage('at work')
    await Promise.all(working)
  })
else {
  const names = addon.builds()
  for (let number = first; number < first + cases; number++) await report(`case ${number}: a model's life`, () => life(number))
  if (process.argv[5] !== 'lives') {
    for (const build of names)
      await report(`${build}: two models at once, on any number of threads`, async () => {
        const alone = await fate(3, build, 1)
        const together = await Promise.all([fate(3, build, 2), fate(3, build, 3), fate(4, build, 2)])
        require(together[0] === alone && together[1] === alone && together[2] !== alone, 'models disturb each other')
      })
    await report('closed models', closedModels)
    await report('models at work', modelsAtWork)
    for (const seed of [first, first + 1]) {
      await report(`wrong arguments ${seed}`, () => wrongArguments(seed))
      await report(`arguments that do not fit ${seed}`, () => argumentsThatDoNotFit(seed))
    }
    await report('forgotten models', forgottenModels)
    await report('another thread', otherThread)
    await report('a thread that is ended', endedThread)
  }
  console.log(`addon with ${names.join(', ')}: ${checks} cases, ${failures} failures`)
  // The process ends in the middle of work; that too must go well.
  const last = new Model(new Random(1), { threads: 2 })
  void addon.train(last.handle, ...last.training(200))
  process.exit(failures === 0 ? 0 : 1)
}
