/** What a person can do, in the words of where they do it: the fields of the window, or the options of the command line. */
export interface Advice {
  readonly window: string
  readonly options: string
}

/** Where a person reads something. */
export type Place = keyof Advice

/** A sentence for a person; where they can decide otherwise, with the sentence that says how. */
export type Note = string | { readonly says: string; readonly advice: Advice }

/** What can be done, as it is said at that place. @param advice the same everywhere if it is plain text */
export function adviceAt(place: Place, advice: string | Advice): string {
  return typeof advice === 'string' ? advice : advice[place]
}

/** A note without what can be done, for where nothing can. */
export function saysOf(note: Note): string {
  return typeof note === 'string' ? note : note.says
}

/** A note as it is said at that place, on one line. */
export function noteAt(place: Place, note: Note): string {
  return inOneLine(typeof note === 'string' ? note : `${note.says} ${adviceAt(place, note.advice)}`)
}

/** A sentence with a text from outside in it (the name of a file, a column) on one line: control characters become spaces. */
export function inOneLine(sentence: string): string {
  return sentence.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}
