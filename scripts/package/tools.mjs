import { lastLines, runQuietly } from '../setup/command.mjs'
import { ensurePrograms } from '../setup/system-libraries.mjs'
import { say, SetupFailure } from '../setup/talk.mjs'

/** The systems' own tools that make artefacts, each with the package of Debian that brings it. */
const PACKAGE_OF = /** @type {Readonly<Record<string, string>>} */ ({
  'dpkg-deb': 'dpkg',
  rpmbuild: 'rpm',
  mksquashfs: 'squashfs-tools',
  tar: 'tar',
  xz: 'xz-utils',
  makensis: 'nsis',
  readelf: 'binutils',
  osslsigncode: 'osslsigncode',
})

/**
 * Runs one of them, which is installed if need be.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('../setup/command.mjs').CommandOptions} [options]
 */
export async function runTool(program, args, options) {
  const there = await ensurePrograms({ [program]: PACKAGE_OF[program] ?? program }, 'what makes packages')
  if (!there.ok) throw new SetupFailure(`There is no ${there.lacking} here.`, `To install it: ${there.line}`)
  const result = await runQuietly(program, args, options)
  if (result.ok) return result
  say(lastLines(result.output))
  throw new SetupFailure(`${program} could not make the package.`, 'The lines above say why.')
}
