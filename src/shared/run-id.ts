import { z } from 'zod'

/** No file system allows more letters in a name. */
const MOST_LETTERS = 255
/** Names that are devices on Windows, whatever follows a dot. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*([.:]|$)/i
const DRIVE = /^[a-z]:/i

/**
 * Whether a run can be known by the name of its folder: by any name, except those that lead out of the folder of runs on
 * some system, that mean something else there, or that hide a folder.
 */
export function isRunId(name: string): boolean {
  if (name === '' || name.length > MOST_LETTERS || name.startsWith('.')) return false
  return !/[/\\\0]/.test(name) && !DRIVE.test(name) && !DEVICE.test(name)
}

/** The name of a run's folder, which the window knows it by. */
export const runIdSchema = z.string().refine(isRunId)
