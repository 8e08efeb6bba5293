import { readFileSync } from 'node:fs'
import { inProject } from '../setup/project.mjs'
import { APPLICATION_ID, notesOf, PRODUCT } from './release.mjs'

/** What shops of software on Linux say of the application (AppStream), with the notes of CHANGELOG.md. */
export function metainfo() {
  const { date, notes } = notesOf(PRODUCT.version) ?? { date: '2026-01-01', notes: [] }
  return readFileSync(inProject('packaging', 'linux', 'metainfo.xml'), 'utf8')
    .replaceAll('@ID@', APPLICATION_ID)
    .replaceAll('@HOMEPAGE@', escaped(PRODUCT.homepage))
    .replaceAll('@DEVELOPER@', escaped(PRODUCT.author.name))
    .replaceAll('@VERSION@', PRODUCT.version)
    .replaceAll('@DATE@', date)
    .replaceAll('@NOTES@', notes.map((note) => `<li>${escaped(plain(note))}</li>`).join(''))
}

/**
 * Without the marks of Markdown.
 * @param {string} note
 */
function plain(note) {
  return note.replaceAll(/[`*]/g, '')
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
