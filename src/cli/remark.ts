import type { Sentence } from '../words/say'
import { tell } from './words'

/** Says sentences on standard error, a line each. */
export function remark(sentences: readonly Sentence[]): void {
  for (const sentence of sentences) console.error(`made: ${tell(sentence)}`)
}

/** Sentences as scripts read them. */
export function inEnglishOnly(sentences: readonly Sentence[]): string[] {
  return sentences.map(({ english }) => english)
}
