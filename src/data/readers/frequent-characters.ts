import iconv from 'iconv-lite'
import type { EncodingName } from '../reading-choices'

/**
 * The two-byte codes of the characters that everybody writes: each standard puts them apart from the thousands that are rare. Bytes of
 * another encoding fall among the rare ones.
 */
const RANGES: Readonly<Partial<Record<EncodingName, Range>>> = {
  // KS X 1001: 2,350 syllables of Hangul. What Microsoft added, the other 8,822, have a smaller first or second byte.
  cp949: { first: [0xb0, 0xc8], second: [0xa1, 0xfe] },
  // JIS X 0208, kanji of level 1.
  shift_jis: { first: [0x88, 0x98], second: [0x40, 0xfc] },
  'euc-jp': { first: [0xb0, 0xcf], second: [0xa1, 0xfe] },
  // GB 2312, hanzi of level 1.
  gb18030: { first: [0xb0, 0xd7], second: [0xa1, 0xfe] },
  // Hanzi of level 1.
  big5: { first: [0xa4, 0xc6], second: [0x40, 0xfe] },
}

/** The least and the greatest byte of each place. */
interface Range {
  readonly first: readonly [number, number]
  readonly second: readonly [number, number]
}

const found = new Map<EncodingName, ReadonlySet<string>>()

/** The ideographs and syllables that are common in an encoding; none where that says nothing. */
export function frequentIn(encoding: EncodingName): ReadonlySet<string> {
  const known = found.get(encoding)
  if (known) return known
  const range = RANGES[encoding]
  const common = new Set(range ? charactersIn(encoding, range) : [])
  found.set(encoding, common)
  return common
}

function charactersIn(encoding: EncodingName, { first, second }: Range): string[] {
  const bytes: number[] = []
  for (let one = first[0]; one <= first[1]; one++)
    for (let two = second[0]; two <= second[1]; two++) bytes.push(one, two, 0x0a)
  return iconv
    .decode(Buffer.from(bytes), encoding)
    .split('\n')
    .filter((text) => /^[가-힣一-龯]$/.test(text))
}
