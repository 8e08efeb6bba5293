/** Letters that take a square: Hangul, Han, Kana, and full-width forms. */
const SQUARE = /[\u1100-\u11ff\u3000-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60]/u
/** How many Latin letters are as wide, on the average. */
const LATIN_IN_SQUARE = 1.8

/** About how wide a text is, in Latin letters of the same size: for room that is kept before it is drawn. */
export function lettersWide(text: string): number {
  return [...text].reduce((sum, letter) => sum + (SQUARE.test(letter) ? LATIN_IN_SQUARE : 1), 0)
}
