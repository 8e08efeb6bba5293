import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the project. */
export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * The path of something in the project.
 * @param {...string} parts
 */
export function inProject(...parts) {
  return join(projectFolder, ...parts)
}
