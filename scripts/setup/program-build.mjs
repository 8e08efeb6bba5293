import { existsSync } from 'node:fs'
import { lastLines, runQuietly } from './command.mjs'
import { fingerprint, stampIs, writeStamp } from './fingerprint.mjs'
import { alone } from './lock.mjs'
import { inProject, projectFolder } from './project.mjs'
import { say, SetupFailure } from './talk.mjs'

const CONFIG = 'vite.programs.config.ts'

/**
 * A program for whoever works on MADE Studio, as vite.programs.config.ts makes it.
 * @typedef {object} Program
 * @property {string} name of the program, of its folder in out/, and of its entry there
 * @property {string} words what it is called in a sentence
 * @property {readonly string[]} sources files and folders that it is made from, besides src
 * @property {readonly string[]} unused those of src, and others, that it is not made from
 */

/**
 * Builds a program if its sources have changed since.
 * @param {Program} program
 * @returns {Promise<string>} the path of its entry
 */
export async function ensureProgram(program) {
  const { name, words } = program
  const entry = inProject('out', name, `${name}.js`)
  const stamp = inProject('out', name, '.built-from')
  const isFresh = (sources = sourcesHash(program)) => stampIs(stamp, sources) && existsSync(entry)
  if (isFresh()) return entry
  await alone(async () => {
    const sources = sourcesHash(program)
    if (isFresh(sources)) return
    say(`Building ${words} …`)
    const vite = inProject('node_modules', 'vite', 'bin', 'vite.js')
    const args = [vite, 'build', '--config', CONFIG, '--mode', name, '--logLevel', 'warn']
    const result = await runQuietly(process.execPath, args, { cwd: projectFolder })
    if (!result.ok) {
      say(lastLines(result.output))
      const built = `${words.charAt(0).toUpperCase()}${words.slice(1)}`
      throw new SetupFailure(`${built} could not be built.`, 'The lines above say where the source is at fault.')
    }
    writeStamp(stamp, sources)
  })
  return entry
}

/** @param {Program} program */
function sourcesHash({ sources, unused }) {
  const places = ['src', ...sources, 'scripts/setup/project.mjs', CONFIG, 'package.json', 'package-lock.json']
  return fingerprint(places, unused)
}
