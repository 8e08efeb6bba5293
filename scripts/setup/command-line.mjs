import './node-version.mjs'
import { ensureMnist } from '../make-mnist.mjs'
import { ensureCliBuild } from './cli-build.mjs'
import { ensureNativeBuild } from './native-build.mjs'
import { ensureNodeModules } from './node-modules.mjs'
import { runScript } from './talk.mjs'

/** @returns whether the command line can run; if not, why has been said */
export async function setUpCommandLine() {
  let done = false
  await runScript(async () => {
    await ensureNodeModules()
    await ensureMnist()
    await ensureNativeBuild()
    await ensureCliBuild()
    done = true
  })
  return done
}
