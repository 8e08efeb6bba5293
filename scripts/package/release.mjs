import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { inProject, projectFolder } from '../setup/project.mjs'
import { SetupFailure } from '../setup/talk.mjs'

/** What the application is called, says of itself and comes from: package.json, where all of it stands once. */
const { name, productName, version, description, homepage, author } = JSON.parse(
  readFileSync(inProject('package.json'), 'utf8'),
)

/** A domain that nobody can have (RFC 2606): the project has no home yet. */
const PLACEHOLDER = /\.example$/

/**
 * @type {{
 *   readonly name: string, readonly productName: string, readonly version: string, readonly summary: string,
 *   readonly homepage: string, readonly author: { readonly name: string, readonly email: string },
 * }}
 */
export const PRODUCT = { name, productName, version, summary: description, homepage, author }

/** What systems know the application by: the host of its home page backwards, as AppStream, macOS and Windows want it. */
export const APPLICATION_ID = `${new URL(homepage).hostname.split('.').reverse().join('.').replaceAll('-', '_')}.MADEStudio`

/**
 * The release notes of a version, from CHANGELOG.md.
 * @param {string} wanted
 * @returns {{ date: string, notes: string[] } | null} the day, and one sentence or more for each note
 */
export function notesOf(wanted) {
  const text = readFileSync(inProject('CHANGELOG.md'), 'utf8')
  const sections = text.split(/^## /m).slice(1)
  for (const section of sections) {
    const [, found, date] = /^(\S+) \((\d{4}-\d\d-\d\d)\)/.exec(section) ?? []
    if (found !== wanted) continue
    const notes = section
      .split(/^- /m)
      .slice(1)
      .map((note) => note.trim().replace(/\s+/g, ' '))
    return { date, notes }
  }
  return null
}

/**
 * Refuses to make what people are to install while something of it is not what it must be.
 * @param {{ isOfficialElectron: boolean }} made
 */
export function requireReleasable({ isOfficialElectron }) {
  if (!isOfficialElectron)
    throw new SetupFailure(
      'A release is made with the official Electron, which could not be had here; the unofficial one serves tests alone.',
      'Make it where github.com can be reached, or leave --release out to make packages for tests.',
    )
  if (PLACEHOLDER.test(new URL(PRODUCT.homepage).hostname))
    throw new SetupFailure(
      `A release names the home page of the project, and ${PRODUCT.homepage} in package.json is none.`,
      'Set "homepage" and the address of "author" there first; docs/releasing.md says how.',
    )
  if (notesOf(PRODUCT.version) === null)
    throw new SetupFailure(
      `CHANGELOG.md does not say what is new in version ${PRODUCT.version}.`,
      'Add a section "## version (day)" with at least one line that begins with "- ".',
    )
}

/** The moment that everything packaged is dated with, in seconds: that of the commit, so that two builds of it are the same. */
export function sourceDate() {
  const given = process.env.SOURCE_DATE_EPOCH
  if (given !== undefined && /^\d+$/.test(given)) return Number(given)
  try {
    const line = ['log', '-1', '--format=%ct']
    return Number(
      execFileSync('git', line, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'ignore'] })
        .toString()
        .trim(),
    )
  } catch {
    // No checkout, but its files alone.
    const day = notesOf(PRODUCT.version)?.date ?? '2026-01-01'
    return Date.parse(`${day}T00:00:00Z`) / 1000
  }
}
