import { z } from 'zod'
import { inField, isFields, migrated, type Migration } from '../base/migration'
import { settingsSchema, type Settings } from '../shared/contract'
import { sensibleSession, type Session } from '../shared/session'
import { say } from '../words/say'

const windowSchema = z.object({
  width: z.number(),
  height: z.number(),
  x: z.number(),
  y: z.number(),
  maximized: z.boolean(),
})
export type WindowPlace = z.infer<typeof windowSchema>

/** So many folders that were used before are remembered. */
const MOST_FORMER = 8
const formerSchema = z.array(settingsSchema.shape.runsFolder)

/** What settings.json holds, in its newest version. */
export interface StoredSettings {
  readonly version: number
  readonly settings: Settings
  readonly window: WindowPlace | null
  /** Folders of runs that were used before, the last one first. */
  readonly formerFolders: readonly string[]
  readonly session: Session
}

/** How settings.json has changed from version to version. */
const STEPS: readonly Migration[] = [
  // The first version had no number.
  (old) => old,
  // Until then there was one language.
  inField('settings', (old) => ({ ...old, language: 'system' })),
  // Until then no computer was kept awake.
  inField('settings', (old) => ({ ...old, staysAwake: false })),
]

/** The version of settings.json that is written. */
export const SETTINGS_VERSION = STEPS.length + 1

/**
 * Settings as they are read from a file of any version. One that makes no sense leaves the others as they are.
 * @param usual stand in for those that are missing or make no sense
 * @throws StudioError 'newer-version'
 */
export function storedSettings(read: unknown, usual: Settings): StoredSettings {
  const newest = migrated(read, STEPS, say('compute.settings.named'))
  const fields = isFields(newest) ? newest : {}
  const place = windowSchema.safeParse(fields['window'])
  const former = formerSchema.safeParse(fields['formerFolders'])
  return {
    version: SETTINGS_VERSION,
    settings: { ...usual, ...sensible(fields['settings']) },
    window: place.success ? place.data : null,
    formerFolders: former.success ? former.data.slice(0, MOST_FORMER) : [],
    session: sensibleSession(fields['session']),
  }
}

/** The folders that were used before, once another is used instead of `left`. */
export function withFormer(former: readonly string[], left: string, used: string): string[] {
  return [left, ...former.filter((path) => path !== left)].filter((path) => path !== used).slice(0, MOST_FORMER)
}

/** Those of the settings that make sense. */
function sensible(read: unknown): Partial<Settings> {
  if (!isFields(read)) return {}
  const known = Object.entries(settingsSchema.shape).map(
    ([name, schema]) => [name, schema.safeParse(read[name])] as const,
  )
  return Object.fromEntries(known.flatMap(([name, { success, data }]) => (success ? [[name, data]] : [])))
}
