/**
 * `npm run pretrain`: trains the models that come with the application, by the settings beside this file, and puts them into
 * `resources/models`. What was begun goes on where it was; with one kind of kernels the same bytes come out again. Names of
 * models may be given (`npm run pretrain -- made-studio-mushrooms`), and `--again` begins anew.
 */
import './setup/node-version.mjs'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ensureMnist } from './make-mnist.mjs'
import { ensureCliBuild } from './setup/cli-build.mjs'
import { runVisibly } from './setup/command.mjs'
import { ensureNativeBuild } from './setup/native-build.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { inProject, projectFolder } from './setup/project.mjs'
import { runScript, say, SetupFailure } from './setup/talk.mjs'

const SETTINGS = inProject('scripts', 'pretrain')
const WORK = inProject('.cache', 'pretrain')
const MODELS = inProject('resources', 'models')
/** What every processor of the last ten years has, so that the same models can be made again. */
const KERNELS = 'avx2'
/** When the models were made is of no interest, and would differ each time: they are older than all other runs. */
const MADE_AT = Date.UTC(2026, 10, 1)
/** The newest first, which is the one that is shown where a person has none. */
const IN_ORDER = ['made-studio-digits', 'made-studio-any-order', 'made-studio-mushrooms']

await runScript(async () => {
  await ensureNodeModules()
  await ensureMnist()
  await ensureNativeBuild()
  await ensureCliBuild()
  const words = process.argv.slice(2)
  const all = readdirSync(SETTINGS).map((file) => basename(file, '.json'))
  const wanted = words.filter((word) => !word.startsWith('-'))
  const unknown = wanted.find((id) => !all.includes(id))
  if (unknown !== undefined) throw new SetupFailure(`There is no model ${unknown}.`, `There are ${all.join(', ')}.`)
  for (const id of wanted.length > 0 ? wanted : all) {
    if (words.includes('--again')) rmSync(join(WORK, id), { recursive: true, force: true })
    await train(id)
    keep(id)
  }
})

/** @param {string} id */
async function train(id) {
  const run = join(WORK, id)
  mkdirSync(WORK, { recursive: true })
  const command = existsSync(join(run, 'run.json'))
    ? ['resume', run]
    : ['train', '--config', join(SETTINGS, `${id}.json`), '--out', run, '--kernels', KERNELS]
  const status = await runVisibly(process.execPath, [inProject('bin', 'made.mjs'), ...command], { cwd: projectFolder })
  if (status !== 0) throw new SetupFailure(`The model ${id} could not be trained.`, 'Run the same command to go on.')
}

/**
 * A model of which every number has 8 of its 23 bits behind the point: it is off by one part in five hundred at most, which
 * moves no loss that is told, and installers are some megabytes smaller, in which the zeros take no room.
 * @param {Buffer} file in the safetensors format
 */
function rounded(file) {
  const bytes = Buffer.from(file)
  const start = 8 + Number(bytes.readBigUInt64LE(0))
  for (const { dtype, data_offsets: offsets } of Object.values(JSON.parse(bytes.toString('utf8', 8, start)))) {
    if (dtype !== 'F32') continue
    for (let at = start + offsets[0]; at < start + offsets[1]; at += 4)
      bytes.writeUInt32LE(((bytes.readUInt32LE(at) + 0x4000) & 0xffff8000) >>> 0, at)
  }
  return bytes
}

/**
 * Keeps of a run what is needed to look at it: its record, its losses, its best model and what it drew last.
 * @param {string} id
 */
function keep(id) {
  const [run, kept] = [join(WORK, id), join(MODELS, id)]
  rmSync(kept, { recursive: true, force: true })
  mkdirSync(join(kept, 'samples'), { recursive: true })
  const madeAt = MADE_AT - IN_ORDER.indexOf(id)
  const record = JSON.parse(readFileSync(join(run, 'run.json'), 'utf8'))
  writeFileSync(
    join(kept, 'run.json'),
    `${JSON.stringify({ ...record, name: id, createdAt: madeAt, changedAt: madeAt }, null, 2)}\n`,
  )
  copyFileSync(join(run, 'metrics.jsonl'), join(kept, 'metrics.jsonl'))
  const model = rounded(readFileSync(join(run, 'best.safetensors')))
  writeFileSync(join(kept, 'best.safetensors'), model)
  const sheet = readdirSync(join(run, 'samples')).sort().at(-1)
  if (sheet !== undefined) copyFileSync(join(run, 'samples', sheet), join(kept, 'samples', sheet))
  const hash = createHash('sha256').update(model).digest('hex')
  const { test } = record
  say(`${id}: test ${test.nll.toFixed(2)} ± ${test.interval95.toFixed(2)} nats, SHA-256 ${hash}`)
}
