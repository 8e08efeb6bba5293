/**
 * `npm test`: sets up what is missing and checks everything. `npm test -- unit` runs one part (types, lint, native,
 * build, unit, torture, e2e; several may be named); any other word is passed to Vitest as a filter on the names of test files.
 * `npm run test:long` runs the tests in their long form, which takes many minutes more.
 */
import './setup/node-version.mjs'
import { mkdirSync, rmSync } from 'node:fs'
import { ensureMnist } from './make-mnist.mjs'
import { ensureAppBuild } from './setup/app-build.mjs'
import { ensureCliBuild } from './setup/cli-build.mjs'
import { hasDisplay, startVirtualDisplay } from './setup/display.mjs'
import { ensureElectron } from './setup/electron.mjs'
import { ensureNativeBuild } from './setup/native-build.mjs'
import { ensureNodeModules } from './setup/node-modules.mjs'
import { inProject } from './setup/project.mjs'
import { ensureSoftwareGpu } from './setup/software-gpu.mjs'
import { ensureGnuParallel, ensureSystemLibraries } from './setup/system-libraries.mjs'
import { ensureTensorFlow } from './setup/tensorflow.mjs'
import { runScript, say, SetupFailure } from './setup/talk.mjs'
import { ensureWasmCompiler } from './setup/wasm-build.mjs'
import { checkLint, checkTypes } from './test/checks.mjs'
import { addCounts, failed, noCounts, tellCounts } from './test/counts.mjs'
import { checkNative } from './test/native-kernels.mjs'
import { checkTorture } from './test/torture.mjs'
import { countTests, runTests } from './test/vitest.mjs'
import { checkWorkflows } from './test/workflows.mjs'

const PARTS = ['types', 'lint', 'native', 'build', 'unit', 'torture', 'e2e']
/** What needs no built application. */
const SOURCE_PARTS = ['types', 'lint', 'native']
/** A window waits for most of its time. */
const WINDOWS_AT_ONCE = 2
/** The test that compiles the WebAssembly kernels again. */
const WASM_BUILD_TEST = 'test/native/wasm-build.test.ts'

const given = process.argv.slice(2)
const isLong = given.includes('long')
if (isLong) process.env['MADE_STUDIO_LONG_TESTS'] = '1'
const words = given.filter((word) => word !== 'long')
const named = words.filter((word) => PARTS.includes(word))
const filters = words.filter((word) => !PARTS.includes(word))
const parts =
  named.length > 0 ? named : isLong ? ['build', 'unit', 'e2e'] : filters.length > 0 ? ['build', 'unit', 'e2e'] : PARTS

await runScript(async () => {
  let counts = noCounts
  try {
    await ensureNodeModules()
    await ensureMnist()
    rmSync(inProject('test-results'), { recursive: true, force: true })
    mkdirSync(inProject('test-results'))

    // Beside each other, since each leaves a core idle, or waits for the network, for some of its time.
    const needsBuild = parts.some((part) => !SOURCE_PARTS.includes(part))
    const [native, checked, built, tensorFlow] = await Promise.all([
      inTurn([['native', 'native tests', () => checkNative()]]),
      inTurn([
        ['lint', 'lint', checkLintAndWorkflows],
        ['types', 'types', checkTypes],
      ]),
      needsBuild ? step('build', build) : noCounts,
      needsBuild ? ensureTensorFlow() : null,
    ])
    counts = [native, checked, built].reduce(addCounts)
    if (needsBuild && tensorFlow === null)
      console.log(
        'SKIPPED: the tests of the tensorflow engine. There is no TensorFlow here, and none could be downloaded.',
      )
    if (parts.includes('unit')) counts = addCounts(counts, await step('unit tests', testUnits))
    if (parts.includes('torture') && built.failed === 0) counts = addCounts(counts, await step('torture', checkTorture))
    if (parts.includes('e2e'))
      counts = addCounts(counts, await step('end-to-end tests', () => testWindows(built.failed === 0)))
  } catch (error) {
    counts = addCounts(counts, failed(`the set-up. ${error instanceof Error ? error.message : String(error)}`))
    throw error
  } finally {
    process.on('exit', () => tellCounts(counts))
  }
})

/**
 * @param {string} name
 * @param {() => Promise<import('./test/counts.mjs').Counts>} work
 */
async function step(name, work) {
  const began = performance.now()
  console.log(`── ${name}`)
  const counts = await work()
  const outcome = counts.failed > 0 ? 'FAILED' : counts.passed === 0 && counts.skipped > 0 ? 'SKIPPED' : 'done'
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`── ${name}: ${outcome} in ${seconds} s`)
  return counts
}

/**
 * One after another, those of the parts that are wanted.
 * @param {readonly (readonly [part: string, name: string, work: () => Promise<import('./test/counts.mjs').Counts>])[]} works
 */
async function inTurn(works) {
  let counts = noCounts
  for (const [part, name, work] of works) if (parts.includes(part)) counts = addCounts(counts, await step(name, work))
  return counts
}

async function checkLintAndWorkflows() {
  const [lint, workflows] = await Promise.all([checkLint(), checkWorkflows()])
  return addCounts(lint, workflows)
}

/** The unit tests; those of the webgpu engine look for a GPU that the processor plays, one for a compiler, one for GNU parallel. */
async function testUnits() {
  if ((await ensureSoftwareGpu()) === null)
    console.log(
      'SKIPPED: the tests of the webgpu engine. They need the Vulkan loader (libvulkan1) and the SwiftShader that Electron and Chromium bring.',
    )
  if (filters.length === 0 || filters.some((filter) => WASM_BUILD_TEST.includes(filter))) await ensureWasmCompiler()
  await ensureGnuParallel()
  return runTests('unit', filters, process.env)
}

async function build() {
  try {
    await ensureNativeBuild()
    await ensureAppBuild()
    await ensureCliBuild()
    return noCounts
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error
    say(error.message)
    return failed(`the build. ${error.message}`)
  }
}

/**
 * The end-to-end tests in the real Electron, on a display of their own where there is none.
 * @param {boolean} isBuilt
 */
async function testWindows(isBuilt) {
  const lacking = isBuilt ? await whatWindowsLack() : 'There is no up-to-date build to open.'
  if (lacking !== null) {
    const skipped = await countTests('e2e', filters)
    console.log(`SKIPPED: the ${skipped} window tests. ${lacking}`)
    return { ...noCounts, skipped }
  }
  if (hasDisplay()) return runTests('e2e', filters, process.env)
  // Windows beside each other on one display would take the keyboard from one another.
  const displays = await Promise.all(Array.from({ length: WINDOWS_AT_ONCE }, startVirtualDisplay))
  try {
    const names = displays.map(({ display }) => display)
    return await runTests('e2e', filters, {
      ...process.env,
      DISPLAY: names[0],
      MADE_STUDIO_DISPLAYS: names.join(' '),
    })
  } finally {
    for (const { stop } of displays) stop()
  }
}

/** @returns {Promise<string | null>} why no window can be opened and what to do, or null */
async function whatWindowsLack() {
  try {
    const { path: electron } = await ensureElectron()
    const libraries = await ensureSystemLibraries({ electron, virtualDisplay: !hasDisplay() })
    return libraries.ok ? null : `The system lacks ${libraries.lacking}. To install them: ${libraries.line}`
  } catch (error) {
    if (error instanceof SetupFailure) return `${error.message} ${error.hint}`
    throw error
  }
}
