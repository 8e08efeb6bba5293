/** `npm run fuzz`: builds the fuzz program if its sources have changed, and runs it; `npm run fuzz -- --help` says what it can be told. */
import './setup/node-version.mjs'
import { runVisibly } from './setup/command.mjs'
import { ensureFuzzBuild } from './setup/fuzz-build.mjs'
import { ensureNativeBuild } from './setup/native-build.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { runScript } from './setup/talk.mjs'

await runScript(async () => {
  await ensureNodeModules()
  await ensureNativeBuild()
  const program = await ensureFuzzBuild()
  process.exitCode = await runVisibly(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)])
})
