import { say, verbatim, type MessageKey, type Sentence } from '../words/say'

/** What was asked of the system. */
type Act = 'read' | 'write'
type Reason = Extract<MessageKey, `file.reason.${string}`>

const NOT_ALLOWED: Readonly<Record<Act, Reason>> = {
  read: 'file.reason.not-readable',
  write: 'file.reason.not-allowed',
}

/** Why the system refused, by the code that it gave. */
const REASONS = new Map<string, Reason | Readonly<Record<Act, Reason>>>([
  ['EACCES', NOT_ALLOWED],
  ['EPERM', NOT_ALLOWED],
  ['EROFS', 'file.reason.read-only'],
  ['ENOENT', 'file.reason.no-folder'],
  ['ENOTDIR', 'file.reason.folder-is-file'],
  ['EEXIST', 'file.reason.exists'],
  ['EISDIR', 'file.reason.is-folder'],
  ['ENOTEMPTY', 'file.reason.is-folder'],
  ['ENAMETOOLONG', 'file.reason.long-name'],
  ['ELOOP', 'file.reason.link-loop'],
  ['EIO', 'file.reason.disk-faulty'],
  ['ENXIO', 'file.reason.disk-faulty'],
  ['ENODEV', 'file.reason.disk-faulty'],
  ['ESTALE', 'file.reason.disk-faulty'],
  ['ETIMEDOUT', 'file.reason.disk-faulty'],
  ['EBUSY', 'file.reason.in-use'],
  ['ETXTBSY', 'file.reason.in-use'],
  ['EMFILE', 'file.reason.too-many-open'],
  ['ENFILE', 'file.reason.too-many-open'],
  ['EFBIG', 'file.reason.too-large'],
  // Node.js says so of a path with a null in it, before it asks the system.
  ['ERR_INVALID_ARG_VALUE', 'file.reason.bad-name'],
])

/** Why the system refused to read or write a file or folder: in parentheses, or after a colon. */
export function reasonOf(cause: unknown, act: Act): Sentence {
  if (!(cause instanceof Error)) return verbatim(String(cause))
  const reason = 'code' in cause ? REASONS.get(String(cause.code)) : undefined
  if (reason === undefined) return verbatim(cause.message)
  return say(typeof reason === 'string' ? reason : reason[act])
}
