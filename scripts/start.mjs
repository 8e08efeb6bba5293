/** `npm start`: sets up what is missing and opens the application; without a display, trains a model without a window. */
import './setup/node-version.mjs'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureMnist } from './make-mnist.mjs'
import { ensureAppBuild } from './setup/app-build.mjs'
import { runVisibly } from './setup/command.mjs'
import { hasDisplay } from './setup/display.mjs'
import { ensureElectron, sandboxArguments } from './setup/electron.mjs'
import { ensureNativeBuild } from './setup/native-build.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { inProject, projectFolder } from './setup/project.mjs'
import { ensureSystemLibraries } from './setup/system-libraries.mjs'
import { runScript, say, SetupFailure } from './setup/talk.mjs'

await runScript(async () => {
  await ensureNodeModules()
  await ensureMnist()
  process.exitCode = await (hasDisplay() ? openApplication() : trainWithoutWindow())
})

async function openApplication() {
  const { path: electron } = await ensureElectron()
  const libraries = await ensureSystemLibraries({ electron, virtualDisplay: false })
  if (!libraries.ok) {
    throw new SetupFailure(
      `Electron needs parts of the system that are not installed: ${libraries.lacking}.`,
      `To install them: ${libraries.line}`,
    )
  }
  await ensureNativeBuild()
  await ensureAppBuild()
  const sandbox = sandboxArguments(electron)
  if (sandbox.reason !== null) say(sandbox.reason)
  return runVisibly(electron, [...sandbox.args, projectFolder, ...process.argv.slice(2)])
}

function trainWithoutWindow() {
  const folder = freshFolder(join('made-runs', 'quick-look'))
  say('There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so MADE Studio cannot open its window.')
  say(
    `Instead it trains a small model on the MNIST digits now and leaves a loss curve and a sheet of samples in ${folder}.`,
  )
  return runVisibly(process.execPath, [
    inProject('bin', 'made.mjs'),
    'train',
    '--data',
    'mnist',
    '--preset',
    'quick',
    '--out',
    folder,
  ])
}

/**
 * The first of folder, folder-2, folder-3, … that does not exist.
 * @param {string} folder
 */
function freshFolder(folder) {
  let candidate = folder
  for (let number = 2; existsSync(candidate); number++) candidate = `${folder}-${number}`
  return candidate
}
