/** `npm run torture`: sets up what is missing, and runs the torture program. docs/architecture.md says what it does. */
import './setup/node-version.mjs'
import { ensureMnist } from './make-mnist.mjs'
import { ensureAppBuild } from './setup/app-build.mjs'
import { ensureCliBuild } from './setup/cli-build.mjs'
import { runVisibly } from './setup/command.mjs'
import { hasDisplay, startVirtualDisplay } from './setup/display.mjs'
import { ensureElectron } from './setup/electron.mjs'
import { ensureNativeBuild } from './setup/native-build.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { ensureFailingCalls, ensureSystemLibraries } from './setup/system-libraries.mjs'
import { runScript, say, SetupFailure } from './setup/talk.mjs'
import { ensureTortureBuild } from './setup/torture-build.mjs'

await runScript(async () => {
  await ensureNodeModules()
  await ensureMnist()
  await ensureNativeBuild()
  await ensureAppBuild()
  await ensureCliBuild()
  const program = await ensureTortureBuild()
  await ensureFailingCalls()
  const virtual = (await mayOpenWindows()) && !hasDisplay() ? await startVirtualDisplay() : null
  const env = virtual ? { ...process.env, DISPLAY: virtual.display } : process.env
  try {
    const words = process.argv.slice(2)
    process.exitCode = await runVisibly(process.execPath, ['--enable-source-maps', program, ...words], { env })
  } finally {
    virtual?.stop()
  }
})

/** Whether Electron and what its windows need are here; if not, what is lacking has been said. */
async function mayOpenWindows() {
  try {
    const { path: electron } = await ensureElectron()
    const libraries = await ensureSystemLibraries({ electron, virtualDisplay: !hasDisplay() })
    if (!libraries.ok) say(`The system lacks ${libraries.lacking}. To install them: ${libraries.line}`)
    return libraries.ok
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error
    say(`${error.message} ${error.hint}`)
    return false
  }
}
