import { say, verbatim, type Sentence } from '../words/say'

/** A sentence, or a text that is the same in every language, such as the name of a file or of a format. */
export type Text = Sentence | string

/** What a person can do, in the words of where they do it: the fields of the window, or the options of the command line. */
export interface Advice {
  readonly window: Text
  readonly options: Text
}

/** Where a person reads something. */
export type Place = keyof Advice

/** A sentence for a person; where they can decide otherwise, with the sentence that says how. */
export type Note = Text | { readonly says: Text; readonly advice: Advice }

/** The sentence of a text. */
export function sentenceOf(text: Text): Sentence {
  return typeof text === 'string' ? verbatim(text) : text
}

/** What can be done, as it is said at that place. @param advice the same everywhere if it is one sentence */
export function adviceAt(place: Place, advice: Text | Advice): Sentence {
  return sentenceOf(typeof advice === 'object' && 'window' in advice ? advice[place] : advice)
}

/** A note without what can be done, for where nothing can. */
export function saysOf(note: Note): Sentence {
  return sentenceOf(typeof note === 'object' && 'says' in note ? note.says : note)
}

/** A note as it is said at that place: what it says, and what can be done. */
export function noteAt(place: Place, note: Note): Sentence {
  return typeof note === 'object' && 'says' in note
    ? inTurn(saysOf(note), adviceAt(place, note.advice))
    : sentenceOf(note)
}

/** Two sentences, one after the other. */
export function inTurn(first: Sentence, second: Sentence): Sentence {
  return say('common.in-turn', { first, second })
}
