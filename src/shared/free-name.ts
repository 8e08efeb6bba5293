/**
 * A name that no run has yet: the request itself, or the request with the first free number.
 */
export function freeName(request: string, taken: readonly string[]): string {
  const names = new Set(taken.map((name) => name.trim().toLowerCase()))
  if (!names.has(request.toLowerCase())) return request
  for (let number = 2; ; number++) {
    const name = `${request} ${number}`
    if (!names.has(name.toLowerCase())) return name
  }
}
