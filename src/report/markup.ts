/** Text that is HTML or SVG already: all that came from elsewhere is escaped in it. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What a template takes: texts, which are escaped, and markup, which is put in as it is. */
export type Piece = string | number | Markup | readonly Markup[] | null

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** What XML 1.0 may not hold, escaped or not, and halves of letters that have no other half. */
const IMPOSSIBLE =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A text as it stands between tags, and in an attribute within quotation marks. */
export function escaped(text: string): string {
  return text.replace(IMPOSSIBLE, '\ufffd').replace(/[&<>"']/g, (letter) => ESCAPES[letter])
}

/** A template of HTML or SVG. What is put into it stands between tags or within quotation marks, and is escaped. */
export function markup(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(parts.map((part, i) => part + (i < pieces.length ? written(pieces[i]) : '')).join(''))
}

function written(piece: Piece): string {
  if (piece === null) return ''
  if (piece instanceof Markup) return piece.text
  return typeof piece === 'object' ? piece.map(({ text }) => text).join('') : escaped(String(piece))
}
