import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { inProject } from './project.mjs'

/**
 * A hash of the names and contents of files of the project. It decides whether something made from them is stale: unlike
 * times, it is not misled by a checkout that touches every file.
 * @param {readonly string[]} places files and folders (taken whole), relative to the project; absent ones count as absent
 * @param {readonly string[]} [but] folders left out, relative to the project
 */
export function fingerprint(places, but = []) {
  const hash = createHash('sha256')
  /** @param {string} place */
  const add = (place) => {
    if (but.includes(place)) return
    const path = inProject(place)
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return
    if (found.isDirectory()) {
      for (const name of readdirSync(path).sort()) add(`${place}/${name}`)
    } else {
      const content = readFileSync(path)
      hash.update(`${place}\0${content.length}\0`).update(content)
    }
  }
  for (const place of places) add(place)
  return hash.digest('hex')
}

/**
 * Whether a stamp file holds this text.
 * @param {string} path
 * @param {string} text
 */
export function stampIs(path, text) {
  try {
    return readFileSync(path, 'utf8') === text
  } catch {
    return false
  }
}

/**
 * @param {string} path
 * @param {string} text
 */
export function writeStamp(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** A new path for something unfinished, on the same disk as the project. */
export function unfinishedPath() {
  mkdirSync(inProject('.cache'), { recursive: true })
  return inProject('.cache', `unfinished-${process.pid}-${Date.now()}`)
}
