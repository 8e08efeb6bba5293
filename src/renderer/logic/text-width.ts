/** Letters that take a square: Hangul, Han, Kana, and full-width forms. */
const SQUARES = /[\u1100-\u11ff\u3000-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60]/gu
/** How many Latin letters are as wide, on the average. */
const LATIN_IN_SQUARE = 1.8

/** About how wide a text is, in Latin letters of the same size: for room that is kept before it is drawn. */
export function lettersWide(text: string): number {
  const squares = text.match(SQUARES)?.length ?? 0
  return Array.from(text).length + squares * (LATIN_IN_SQUARE - 1)
}

/** A text of at most about so many letters: of a longer one its beginning. */
export function cut(text: string, letters: number): string {
  if (lettersWide(text) <= letters) return text
  let beginning = ''
  for (const letter of text) {
    if (lettersWide(`${beginning}${letter}…`) > letters) break
    beginning += letter
  }
  return `${beginning}…`
}
