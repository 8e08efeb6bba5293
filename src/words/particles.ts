import { josa } from 'es-hangul'

/**
 * Korean particles by the last sound of the word before them. In the Korean messages a particle that depends on what fills a
 * placeholder is written as a pair in square brackets, `{name}[을/를]`; here the right one is chosen. `josa` knows it of words
 * in Hangul; figures and Latin letters are taken by how they are read.
 */

/** How the last figure of a number is read; zeros at the end by the unit they make: 십, 백, 천, 만. All but 2, 4, 5 and 9 end in a consonant. */
const FIGURES = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'] as const
const POWERS = ['', '십', '백', '천', '만', '만', '만', '만', '억', '억', '억', '억', '조'] as const
/** How single letters are read where their last sound is a consonant; the others end in a vowel. */
const LETTERS: Readonly<Record<string, string>> = { l: '엘', m: '엠', n: '엔', r: '알' }
/** How a word of Latin letters ends that is read as a word: by these, its last sound stays a consonant in Hangul. */
const CLOSED_ENDING = /(?:[lmn]|ng|[^aeiou][aeiou][bkpt]|[aeiou]c|ck)$/i
const SIGNS: Readonly<Record<string, string>> = { '%': '퍼센트', '°': '도', α: '파', β: '타', μ: '뮤', '∞': '대' }
const AFTER_WORD = /[\s"'”’」』)\]}>…~*`]+$/u
const PAIR =
  /\[(을\/를|이\/가|은\/는|으로\/로|와\/과|과\/와|이나\/나|이란\/란|아\/야|이라\/라|이에요\/예요|이며\/며|이고\/고)\]/u

/** A Korean text in which each pair of particles has become one. @param before what stands before it, where that is a text apart */
export function withParticles(text: string, before = ''): string {
  let rest = text
  let said = ''
  for (;;) {
    const pair = PAIR.exec(rest)
    if (pair === null) return said + rest
    said += rest.slice(0, pair.index)
    const particles = pair[1] === '과/와' ? '와/과' : (pair[1] ?? '')
    said += josa.pick(read(before + said), particles as Parameters<typeof josa.pick>[1])
    rest = rest.slice(pair.index + pair[0].length)
  }
}

/** A word in Hangul that ends in the sound in which the text ends when it is read aloud. */
export function read(text: string): string {
  const word = text.replace(AFTER_WORD, '')
  const figures = /[\d,]*\d$/.exec(word)
  if (figures) return readNumber(word, figures[0].replaceAll(',', ''))
  const latin = /[a-z]+$/i.exec(word)
  if (latin) return readLatin(latin[0])
  const last = Array.from(word).at(-1) ?? ''
  return SIGNS[last] ?? (last === '' ? '것' : last)
}

function readNumber(word: string, figures: string): string {
  // After a decimal point figures are read one by one.
  const isFraction = /\.\d+$/.test(word)
  const zeros = isFraction ? 0 : (/0*$/.exec(figures)?.[0].length ?? 0)
  if (zeros > 0 && zeros < figures.length) return POWERS[Math.min(zeros, POWERS.length - 1)] ?? '조'
  return FIGURES[Number(figures.at(-1))] ?? '영'
}

function readLatin(letters: string): string {
  const isSpelled = letters.length === 1 || letters === letters.toUpperCase()
  if (isSpelled) return LETTERS[letters.slice(-1).toLowerCase()] ?? '에이'
  if (/l$/i.test(letters)) return '엘'
  return CLOSED_ENDING.test(letters) ? '엔' : '이'
}
