/** A text from outside (the name of a file, a column) on one line: control characters become spaces. */
export function inOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}
