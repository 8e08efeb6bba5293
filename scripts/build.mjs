/** `npm run build`: makes everything that is made from the sources, where it is stale. */
import './setup/node-version.mjs'
import { ensureMnist } from './make-mnist.mjs'
import { ensureAppBuild } from './setup/app-build.mjs'
import { ensureCliBuild } from './setup/cli-build.mjs'
import { ensureNativeBuild } from './setup/native-build.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { runScript } from './setup/talk.mjs'

await runScript(async () => {
  await ensureNodeModules()
  await ensureMnist()
  await ensureNativeBuild()
  await ensureAppBuild()
  await ensureCliBuild()
})
