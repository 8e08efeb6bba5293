import { PART_NAMES, type PartName } from '../table'

/** A file among others that make up one data set. */
export interface SetMember {
  readonly name: string
  readonly part: PartName
  /** The file of its labels, if they are in a file of their own. */
  readonly labels: string | null
}

/** Several files that are one data set, in the order of their parts. */
export interface FileSet {
  /** What their names have in common; empty if nothing. */
  readonly stem: string
  readonly members: readonly SetMember[]
}

const PART_OF_WORD: Readonly<Record<string, PartName>> = {
  train: 'train', training: 'train', tr: 'train',
  valid: 'valid', validation: 'valid', val: 'valid', dev: 'valid',
  test: 'test', testing: 'test', te: 'test', t: 'test', t10k: 'test',
} // prettier-ignore
/** Endings of compressed files, which say nothing of what is in them. */
const PACKED = /\.(gz|bz2|xz|zst)$/i
/** In the name of a file, or of a folder on the way to it in a zip file. */
const WORD = /(^|[._\- /])(training|train|validation|valid|val|dev|testing|test|t10k)(?=[._\- /]|$)/gi
/** Words so short that they only count as the last part of a name: a5a.t, dna.scale.tr. */
const LAST_WORD = /(\.)(tr|te|t)$/i
/** The pieces of a Hugging Face set: train-00000-of-00002.parquet. */
const SHARD = /-\d{5}-of-\d{5}/

/** From the name of a file of values to that of its labels. */
const LABEL_NAMES: readonly (readonly [RegExp, string])[] = [
  [/(images|imgs|data)([._-])idx3/i, 'labels$2idx1'],
  [/(^|[/._-])x([._-].*)idx3/i, '$1y$2idx1'],
  [/idx3/i, 'idx1'],
  [/images/i, 'labels'],
  [/(^|\/)x(?=[._-])/i, '$1y'],
  [/([._-])x(?=[._-]|$)/i, '$1y'],
]

/** The set that a file belongs to among its neighbours, found by their names: itself alone if there is none. */
export function fileSetOf(chosen: string, neighbours: readonly string[]): FileSet {
  const name = valuesFor(chosen, neighbours)
  const keys = new Set(rolesOf(name).map(({ key }) => key))
  const found = neighbours.flatMap((neighbour) => {
    const role = rolesOf(neighbour).find(({ key }) => keys.has(key))
    return role && valuesFor(neighbour, neighbours) === neighbour ? [{ name: neighbour, ...role }] : []
  })
  // A file without a word, such as a5a beside a5a.t, is the training part unless another is.
  const hasTrain = found.some(({ part, isBase }) => part === 'train' && !isBase)
  const roles = found.filter(({ isBase }) => !(isBase && hasTrain))
  const members = PART_NAMES.flatMap((part) =>
    filesOfPart(
      roles.filter((role) => role.part === part),
      name,
    ).map((file) => ({ name: file, part, labels: labelsFor(file, neighbours) })),
  )
  const isSet = new Set(members.map(({ part }) => part)).size > 1 || members.length > 1
  if (!isSet) return { stem: '', members: [{ name, part: 'all', labels: labelsFor(name, neighbours) }] }
  const [{ key }] = roles
  return { stem: key.split('\0')[0].replace(/[._\- /]+$/, ''), members }
}

interface Role {
  /** What the names of a set have in common. */
  readonly key: string
  readonly part: PartName
  readonly isBase: boolean
}

function rolesOf(name: string): Role[] {
  const plain = name.replace(PACKED, '')
  const roles = [...plain.matchAll(WORD), ...[LAST_WORD.exec(plain)].filter((match) => match !== null)].map(
    (match): Role => {
      const end = match.index + match[0].length
      const suffix = plain.slice(end).replace(SHARD, '-*')
      return {
        key: `${plain.slice(0, match.index)}\0${suffix}`,
        part: PART_OF_WORD[match[2].toLowerCase()],
        isBase: false,
      }
    },
  )
  return roles.length > 0 ? roles : [{ key: `${plain.replace(/\.data$/i, '')}\0`, part: 'train', isBase: true }]
}

/** The files of one part: all pieces of a set in pieces, else the chosen one or the first. */
function filesOfPart(roles: readonly { readonly name: string }[], chosen: string): string[] {
  const names = roles.map(({ name }) => name).sort()
  if (names.length > 0 && names.every((name) => SHARD.test(name))) return names
  return names.includes(chosen) ? [chosen] : names.slice(0, 1)
}

function labelsFor(name: string, neighbours: readonly string[]): string | null {
  for (const [pattern, replacement] of LABEL_NAMES) {
    if (!pattern.test(name)) continue
    const wanted = name.replace(pattern, replacement).replace(PACKED, '').toLowerCase()
    const found = neighbours.find(
      (neighbour) => neighbour !== name && neighbour.replace(PACKED, '').toLowerCase() === wanted,
    )
    if (found !== undefined) return found
  }
  return null
}

/** The file of values that a file of labels belongs to; the file itself if it holds values. */
function valuesFor(name: string, neighbours: readonly string[]): string {
  return neighbours.find((neighbour) => neighbour !== name && labelsFor(neighbour, [name]) === name) ?? name
}
