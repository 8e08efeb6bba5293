/** Whether the long forms of tests are wanted: `npm run test:long`. */
export const isLong = process.env['MADE_STUDIO_LONG_TESTS'] === '1'

/** So much of something in the long form, and so much in `npm test`. */
export function longOr<T>(long: T, short: T): T {
  return isLong ? long : short
}

/** What a test is called that takes minutes and is run in the long form alone. */
export function longName(name: string): string {
  return isLong ? name : `${name} — SKIPPED: it takes long (npm run test:long)`
}
