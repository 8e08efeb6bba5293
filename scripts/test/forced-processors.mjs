import { existsSync } from 'node:fs'
import { runQuietly } from '../setup/command.mjs'
import { ensureNativeBuild, NATIVE_ADDON } from '../setup/native-build.mjs'
import { ensureProcessorEmulator } from '../setup/system-libraries.mjs'
import { addCounts, passed } from './counts.mjs'
import { addonTest } from './native-addon.mjs'
import { check, fail, skip, start } from './native-check.mjs'

/** @typedef {import('./native-programs.mjs').Built} Built */
/** @typedef {import('./native-programs.mjs').Turn} Turn */

const EMULATOR = 'qemu-x86_64'
/** The first version that emulates AVX2. */
const EMULATES_AVX2 = [7, 2]
/**
 * Processors that QEMU plays, and what the kernels must find on them. None plays AVX-512. Left out is what it would warn
 * about at every start of a thread.
 */
const PROCESSORS = [
  { cpu: 'Nehalem', but: '', builds: ['baseline'] },
  { cpu: 'Haswell', but: ',-pcid,-x2apic,-tsc-deadline,-hle,-invpcid,-rtm', builds: ['avx2', 'baseline'] },
]
const CASES = 3
const FIRST = 3000
const ADDON_CASES = 4

/**
 * The kernels on processors without AVX-512 and without AVX2, which stop at an instruction that they do not have: the
 * right instruction sets are found, the tests pass, and the addon as it is shipped works in Node.js there.
 * @param {Built} built the C++ tests, linked statically
 * @param {number | null} cases instead of the usual number
 * @param {Turn} turn
 */
export async function checkForcedProcessors(built, cases, turn) {
  const parts = PROCESSORS.map(({ cpu }) => cpu)
  const why =
    process.arch !== 'x64'
      ? 'Other kinds of processors have one instruction set.'
      : (await ensureProcessorEmulator())
        ? null
        : 'They are played by QEMU; on Debian: apt-get install qemu-user'
  if (why !== null) return skip('Other processors', parts, why)
  if ('absent' in built) return skip('Other processors', parts, built.absent)
  if ('broken' in built) return fail('Other processors', `their tests do not compile:\n${built.broken}`)
  await ensureNativeBuild()
  const version = (await runQuietly(EMULATOR, ['--version'])).stdout
  const counts = await Promise.all(
    PROCESSORS.map((processor) => checkProcessor(processor, built.kernelsTest, version, cases, turn)),
  )
  return counts.reduce(addCounts)
}

/**
 * @param {typeof PROCESSORS[number]} processor
 * @param {string} kernelsTest
 * @param {string} version of the emulator
 * @param {number | null} cases
 * @param {Turn} turn
 */
async function checkProcessor({ cpu, but, builds }, kernelsTest, version, cases, turn) {
  const [major, minor] = (/(\d+)\.(\d+)/.exec(version) ?? []).slice(1).map(Number)
  if (
    builds.includes('avx2') &&
    !(major > EMULATES_AVX2[0] || (major === EMULATES_AVX2[0] && minor >= EMULATES_AVX2[1]))
  )
    return skip(cpu, ['kernels', 'addon'], `This QEMU does not play AVX2; version ${EMULATES_AVX2.join('.')} does.`)
  const played = [EMULATOR, '-cpu', `${cpu}${but}`]
  const { stdout } = await start([...played, kernelsTest, 'builds'])
  const found = stdout.trim().split('\n').sort()
  if (found.join() !== [...builds].sort().join())
    return fail(cpu, `FAILED: the kernels find ${found.join(', ') || 'nothing'} there instead of ${builds.join(', ')}.`)
  const ran = await Promise.all([
    ...builds.map((build) =>
      turn(() => check(cpu, build, [...played, kernelsTest, build, String(cases ?? CASES), String(FIRST)])),
    ),
    existsSync(NATIVE_ADDON)
      ? turn(() =>
          check(cpu, `addon with ${builds.join(', ')}`, [
            ...played,
            ...addonTest(NATIVE_ADDON, [String(ADDON_CASES), String(FIRST), 'lives']),
          ]),
        )
      : skip(cpu, ['addon'], 'The addon is not compiled here.'),
  ])
  return [passed, ...ran].reduce(addCounts)
}
