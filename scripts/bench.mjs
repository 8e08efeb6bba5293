/** `npm run bench`: builds the benchmarks if their sources have changed, and runs one. docs/benchmarks.md says how to read them. */
import './setup/node-version.mjs'
import { existsSync } from 'node:fs'
import { lastLines, runQuietly, runVisibly } from './setup/command.mjs'
import { fingerprint, stampIs, writeStamp } from './setup/fingerprint.mjs'
import { alone } from './setup/lock.mjs'
import { ensureNativeBuild } from './setup/native-build.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { inProject, projectFolder } from './setup/project.mjs'
import { runScript, say, SetupFailure } from './setup/talk.mjs'
import { ensureTensorFlow } from './setup/tensorflow.mjs'

const BUILT = inProject('out', 'bench', 'bench.js')
const LOADING = inProject('out', 'bench', 'loading.js')
const STAMP = inProject('out', 'bench', '.built-from')

await runScript(async () => {
  await ensureNodeModules()
  // A GPU needs no kernels of the processor, and is compared with no TensorFlow: nothing is compiled or fetched for it.
  const isOfGpu = engineOf(process.argv.slice(2)) === 'webgpu'
  if (!isOfGpu) await ensureNativeBuild()
  await ensureBenchBuild()
  if (process.argv[2] === 'loading') {
    process.exitCode = await runVisibly(process.execPath, ['--enable-source-maps', LOADING, ...process.argv.slice(3)])
    return
  }
  const tensorflow = isOfGpu ? null : await ensureTensorFlow()
  const env = tensorflow === null ? process.env : { ...process.env, MADE_STUDIO_TENSORFLOW: tensorflow }
  process.exitCode = await runVisibly(process.execPath, ['--enable-source-maps', BUILT, ...process.argv.slice(2)], {
    env,
  })
})

/**
 * What `--engine` names, if it is there; the benchmark itself says what is wrong with it.
 * @param {string[]} words
 */
function engineOf(words) {
  const at = words.findIndex((word) => word === '--engine' || word.startsWith('--engine='))
  return at < 0 ? null : words[at].includes('=') ? words[at].slice('--engine='.length) : words[at + 1]
}

/** Builds the benchmark if its sources have changed since. */
async function ensureBenchBuild() {
  if (isFresh()) return
  await alone(async () => {
    const sources = sourcesHash()
    if (isFresh(sources)) return
    say('Building the benchmark …')
    const vite = inProject('node_modules', 'vite', 'bin', 'vite.js')
    const result = await runQuietly(
      process.execPath,
      [vite, 'build', '--config', 'vite.bench.config.ts', '--logLevel', 'warn'],
      { cwd: projectFolder },
    )
    if (!result.ok) {
      say(lastLines(result.output))
      throw new SetupFailure('The benchmark could not be built.', 'The lines above say where the source is at fault.')
    }
    writeStamp(STAMP, sources)
  })
}

function isFresh(sources = sourcesHash()) {
  return stampIs(STAMP, sources) && existsSync(BUILT) && existsSync(LOADING)
}

function sourcesHash() {
  const unused = ['src/renderer', 'src/main', 'src/preload', 'src/cli', 'src/compute', 'bench/peers/made_torch.py']
  return fingerprint(
    ['src', 'bench', 'scripts/setup/project.mjs', 'vite.bench.config.ts', 'package.json', 'package-lock.json'],
    unused,
  )
}
