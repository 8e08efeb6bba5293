/** A name as it is typed on a command line, in a list of names. */
export function optionValue(name: string): string {
  if (/^[\p{L}\p{N}_.-]+$/u.test(name)) return name
  return name.includes(',') ? `'"${name}"'` : `"${name}"`
}
