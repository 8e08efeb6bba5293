/** `npm run bench`: builds the benchmarks if their sources have changed, and runs one. docs/benchmarks.md says how to read them. */
import './setup/node-version.mjs'
import { dirname, join } from 'node:path'
import { runVisibly } from './setup/command.mjs'
import { ensureNativeBuild } from './setup/native-build.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { ensureProgram } from './setup/program-build.mjs'
import { runScript } from './setup/talk.mjs'
import { ensureTensorFlow } from './setup/tensorflow.mjs'

await runScript(async () => {
  await ensureNodeModules()
  // A GPU needs no kernels of the processor, and is compared with no TensorFlow: nothing is compiled or fetched for it.
  const isOfGpu = engineOf(process.argv.slice(2)) === 'webgpu'
  if (!isOfGpu) await ensureNativeBuild()
  const bench = await ensureProgram({
    name: 'bench',
    words: 'the benchmark',
    sources: ['bench'],
    unused: ['src/renderer', 'src/main', 'src/preload', 'src/cli', 'src/compute', 'bench/peers/made_torch.py'],
  })
  const [, , first, ...others] = process.argv
  if (first === 'loading' || first === 'asking') {
    const program = join(dirname(bench), `${first}.js`)
    process.exitCode = await runVisibly(process.execPath, ['--enable-source-maps', program, ...others])
    return
  }
  const tensorflow = isOfGpu ? null : await ensureTensorFlow()
  const env = tensorflow === null ? process.env : { ...process.env, MADE_STUDIO_TENSORFLOW: tensorflow }
  process.exitCode = await runVisibly(process.execPath, ['--enable-source-maps', bench, ...process.argv.slice(2)], {
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
