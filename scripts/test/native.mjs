/**
 * `npm run test:native`: the tests of the CPU kernels (native/test) under AddressSanitizer, UndefinedBehaviorSanitizer and
 * ThreadSanitizer, for every instruction set of the processor, for the addon and for what is WebAssembly's alone, and on
 * emulated processors. `-- 500` runs so many cases instead of a few dozen.
 */
import '../setup/node-version.mjs'
import { ensureNodeModules } from '../setup/node-modules.mjs'
import { runScript, SetupFailure } from '../setup/talk.mjs'
import { tellCounts } from './counts.mjs'
import { checkNative } from './native-kernels.mjs'

await runScript(async () => {
  const [word] = process.argv.slice(2)
  const cases = word === undefined ? null : Number(word)
  if (cases !== null && !(Number.isInteger(cases) && cases >= 0))
    throw new SetupFailure(`"${word}" is no number of cases.`, 'Give a whole number, or nothing.')
  await ensureNodeModules()
  tellCounts(await checkNative(cases))
})
