import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { inProject } from './project.mjs'
import { say, SetupFailure } from './talk.mjs'

const MOST_WAIT = 15 * 60_000
/** A lock without a process number in it is being written, unless it is older than this. */
const MOST_WRITING = 10_000

/**
 * Does a piece of set-up while no other process does any of its kind: two commands started together do not trample each other.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} kind pieces of another kind may be done meanwhile: for what nothing else touches
 * @returns {Promise<T>}
 */
export async function alone(work, kind = 'set-up') {
  const lock = inProject('.cache', `${kind}.lock`)
  await take(lock)
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/** @param {string} lock */
async function take(lock) {
  mkdirSync(inProject('.cache'), { recursive: true })
  const began = Date.now()
  let told = false
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    }
    if (isAbandoned(lock)) {
      removeAbandoned(lock)
      continue
    }
    if (!told) say('Waiting for another command that is setting up MADE Studio …')
    told = true
    if (Date.now() - began > MOST_WAIT) {
      throw new SetupFailure(
        'Another command has been setting up MADE Studio for a quarter of an hour.',
        `If none is running, delete ${lock} and try again.`,
      )
    }
    await sleep(100)
  }
}

/**
 * Whether the process that took the lock is gone.
 * @param {string} lock
 */
function isAbandoned(lock) {
  try {
    const text = readFileSync(lock, 'utf8')
    if (text === '') return Date.now() - statSync(lock).mtimeMs > MOST_WRITING
    process.kill(Number(text), 0)
    return false
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH'
  }
}

/**
 * Renaming first lets only one of several waiting processes remove an abandoned lock.
 * @param {string} lock
 */
function removeAbandoned(lock) {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
    rmSync(aside, { force: true })
  } catch {
    // Another process was faster.
  }
}
