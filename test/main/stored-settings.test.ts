import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SETTINGS_VERSION, storedSettings, withFormer } from '../../src/main/stored-settings'
import type { Settings } from '../../src/shared/contract'
import { NEW_SESSION } from '../../src/shared/session'

const USUAL: Settings = { language: 'system', theme: 'system', engine: 'auto', staysAwake: false, runsFolder: '/usual' }

/** What a file that says nothing of it stands for. */
const NOTHING_ELSE = { version: SETTINGS_VERSION, formerFolders: [], session: NEW_SESSION }

/** settings.json as it was written at different times, by the version in its name. */
async function fixture(name: string): Promise<{ readonly settings: object; readonly window: object | null }> {
  const path = join(import.meta.dirname, '..', 'fixtures', 'settings', `${name}.json`)
  return JSON.parse(await readFile(path, 'utf8')) as Awaited<ReturnType<typeof fixture>>
}

describe('settings.json of every age', () => {
  it.each(['1', '1-not-moved', '2', '3', '4'])('version %s is read, and becomes the newest', async (name) => {
    const read = await fixture(name)
    const stored = storedSettings(read, USUAL)
    // Before version 3 there was one language.
    const settings = { language: 'system', staysAwake: false, ...read.settings }
    expect(stored).toEqual({ ...NOTHING_ELSE, settings, window: read.window })
    expect(storedSettings(JSON.parse(JSON.stringify(stored)), USUAL)).toEqual(stored)
  })

  it('that is not there, or is none, gives the usual ones', () => {
    for (const read of [{}, null, [], 'text', { settings: 7, window: 'wide' }])
      expect(storedSettings(read, USUAL)).toEqual({ ...NOTHING_ELSE, settings: USUAL, window: null })
  })

  it('with a setting that makes no sense keeps the others', async () => {
    const read = await fixture('1')
    const settings = { ...read.settings, engine: 'abacus', colour: 'blue' }
    expect(storedSettings({ ...read, settings }, USUAL)).toMatchObject({
      settings: { theme: 'dark', engine: 'auto', runsFolder: '/home/someone/runs' },
      window: read.window,
    })
    expect(storedSettings({ ...read, window: { width: 'wide' } }, USUAL)).toMatchObject({
      settings: read.settings,
      window: null,
    })
  })

  it('of a version that had one language follows the system, whatever is usual', async () => {
    const stored = storedSettings(await fixture('2'), { ...USUAL, language: 'ko' })
    expect(stored.settings.language).toBe('system')
  })

  it('with a language that is not spoken follows what is usual', async () => {
    const read = await fixture('4')
    const settings = { ...read.settings, language: 'tlh' }
    expect(storedSettings({ ...read, settings }, USUAL).settings).toEqual({ ...settings, language: 'system' })
  })

  it('of a newer MADE Studio is refused in words', () => {
    expect(() => storedSettings({ version: SETTINGS_VERSION + 1 }, USUAL)).toThrow(
      expect.objectContaining({
        code: 'newer-version',
        message: expect.stringMatching(/newer MADE Studio has written the settings/),
      }),
    )
  })
})

describe('folders of runs that were used before', () => {
  it('are remembered once each, the last one first, but for the one that is used', () => {
    const first = withFormer([], '/a', '/b')
    expect(first).toEqual(['/a'])
    expect(withFormer(first, '/b', '/a')).toEqual(['/b'])
    expect(withFormer(['/b', '/c'], '/a', '/c')).toEqual(['/a', '/b'])
    expect(
      withFormer(
        Array.from({ length: 20 }, (_, i) => `/${i}`),
        '/a',
        '/b',
      ),
    ).toHaveLength(8)
  })
})
