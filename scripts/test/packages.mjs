/**
 * `npm run test:packages`: packages the application for tests, installs it in every way that this system allows, and tries
 * what was installed. Other words are passed on as filters on the names of test files (test/packages).
 */
import '../setup/node-version.mjs'
import { mkdirSync } from 'node:fs'
import { runVisibly } from '../setup/command.mjs'
import { hasDisplay, startVirtualDisplay } from '../setup/display.mjs'
import { ensureElectron } from '../setup/electron.mjs'
import { ensureNodeModules } from '../setup/node-modules.mjs'
import { inProject } from '../setup/project.mjs'
import { ensureSystemLibraries } from '../setup/system-libraries.mjs'
import { runScript, SetupFailure } from '../setup/talk.mjs'
import { tellCounts } from './counts.mjs'
import { runTests } from './vitest.mjs'

await runScript(async () => {
  await ensureNodeModules()
  const status = await runVisibly(process.execPath, [inProject('scripts', 'package.mjs')])
  if (status !== 0)
    throw new SetupFailure('There is nothing to test: the packages could not be made.', 'The lines above say why.')
  const { path: electron } = await ensureElectron()
  const libraries = await ensureSystemLibraries({ electron, virtualDisplay: !hasDisplay() })
  if (!libraries.ok)
    throw new SetupFailure(`The system lacks ${libraries.lacking}.`, `To install them: ${libraries.line}`)
  mkdirSync(inProject('test-results'), { recursive: true })
  const display = hasDisplay() ? null : await startVirtualDisplay()
  try {
    const env = display === null ? process.env : { ...process.env, DISPLAY: display.display }
    tellCounts(await runTests('packages', process.argv.slice(2), env))
  } finally {
    display?.stop()
  }
})
