/**
 * JSON text for a file. JSON knows no NaN and no infinity and would say null in their place, which readers then refuse:
 * whoever writes such a number is stopped here, and what was written before stays.
 * @param indent spaces for each level; none for one line
 * @throws Error that names the number
 */
export function finiteJson(value: unknown, indent?: number): string {
  const finite = (key: string, item: unknown): unknown => {
    if (typeof item === 'number' && !Number.isFinite(item))
      throw new Error(`“${key}” is ${item}, which is not to be kept`)
    return item
  }
  return JSON.stringify(value, finite, indent)
}
