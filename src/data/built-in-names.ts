/** The tables that come with the application, by the names of their files (`resources/tables`). */
export const BUILT_IN_TABLES = ['mushrooms'] as const
export type BuiltInTable = (typeof BUILT_IN_TABLES)[number]

/** What the path of a built-in table begins with: no file has such a path on any system, since those of files are absolute. */
const PREFIX = 'built-in:'

/** The path that stands for a built-in table. */
export function builtInPath(name: BuiltInTable): string {
  return `${PREFIX}${name}`
}

/** The built-in table that a path stands for; null for the path of a file, undefined for a table that this version lacks. */
export function builtInTable(path: string): BuiltInTable | null | undefined {
  return path.startsWith(PREFIX) ? BUILT_IN_TABLES.find((name) => builtInPath(name) === path) : null
}
