import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../../scripts/setup/project.mjs'
import { StudioError } from '../../../src/base/failure'
import { SETTINGS_VERSION, storedSettings } from '../../../src/main/stored-settings'
import { settingsSchema, type Settings } from '../../../src/shared/contract'
import { NEW_SESSION, sessionSchema } from '../../../src/shared/session'
import { EngineSpeeds } from '../../../src/training/engine-speeds'
import { checkFailure, Fault, require } from '../checks/fault'
import { jsonOf } from '../mutations/formats'
import { EXAMPLES } from '../studio/examples'
import type { Tree } from '../values'
import type { Edge } from './edge'

const USUAL: Settings = { language: 'system', theme: 'system', engine: 'auto', staysAwake: false, runsFolder: '/usual' }

/** What settings.json holds: each message is what one holds. */
export const SETTINGS: Edge = {
  examples: () => {
    const folder = inProject('test', 'fixtures', 'settings')
    const files = readdirSync(folder).sort().map((name): Tree => JSON.parse(readFileSync(join(folder, name), 'utf8'))) // prettier-ignore
    const sessions = EXAMPLES['session.keep'].map((session) => ({ ...NEW_SESSION, ...session }))
    const newest = sessions.map((session) => ({
      version: SETTINGS_VERSION,
      settings: { ...USUAL, language: 'ko' },
      window: { width: 1200, height: 800, x: 0, y: 0, maximized: false },
      formerFolders: ['/former', '/before'],
      session,
    }))
    return Promise.resolve([...files, ...newest].map((file) => [file]))
  },
  hand: async (messages) => {
    let what = 'no file'
    for (const message of messages) what = readSettings(JSON.parse(jsonOf(message)) as Tree)
    return Promise.resolve(what)
  },
}

function readSettings(read: Tree): string {
  try {
    const stored = storedSettings(read, USUAL)
    require(settingsSchema.safeParse(stored.settings).success, 'settings that make no sense are taken')
    require(sessionSchema.safeParse(stored.session).success, 'a session that makes no sense is taken')
    require(stored.formerFolders.length <= 8, 'more folders are remembered than are kept')
    const again = storedSettings(JSON.parse(JSON.stringify(stored)), USUAL)
    require(JSON.stringify(again) === JSON.stringify(stored), 'settings that were kept are others when they are read')
    return 'settings'
  } catch (error) {
    if (error instanceof StudioError && error.code === 'newer-version') {
      checkFailure(error.toFailure())
      return 'of a newer version'
    }
    throw error
  }
}

const NOW = 1_700_000_000_000
const KEY = 'cpu small'

/** What the file of measured speeds holds: each message is what one holds. */
export const SPEEDS: Edge = {
  examples: () => {
    const measured = [1, 2, 3].map((i) => ({ at: NOW - 1000 * i, updatesPerSecond: 100 * i }))
    const speeds = [
      [KEY, measured],
      ['webgpu small', measured.slice(1)],
    ]
    return Promise.resolve([[{ version: 2, installed: 'these', speeds }]])
  },
  hand: async (messages, home) => {
    const path = join(home, 'speeds.json')
    let what = 'nothing known'
    for (const message of messages) {
      writeFileSync(path, jsonOf(message))
      const speeds = new EngineSpeeds(path, () => Promise.resolve('these'), () => NOW) // prettier-ignore
      const known = await speeds.find(KEY)
      if (known !== null) what = 'known'
      require(known === null || (Number.isFinite(known) && known > 0), `an engine makes ${known} updates in a second`)
      const kept = await speeds.keep(KEY, 50)
      require(Number.isFinite(kept) && kept > 0, `an engine makes ${kept} updates in a second`)
      const again = await new EngineSpeeds(path, () => Promise.resolve('these'), () => NOW).keep(KEY, 50) // prettier-ignore
      if (!Number.isFinite(again)) throw new Fault('what was measured and kept is not read again')
    }
    return what
  },
}
