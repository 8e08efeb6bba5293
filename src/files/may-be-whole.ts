import { StudioError } from '../base/failure'

/**
 * Whether a file that could not be read may be whole, since it could not be opened just now. What the disk itself can no
 * longer read is as damaged as what was cut off.
 * @param error what reading it threw
 */
export function mayBeWhole(error: unknown): boolean {
  if (!(error instanceof StudioError) || error.code !== 'unreadable-file') return false
  const { cause } = error
  const isLost = cause instanceof Error && 'code' in cause && cause.code === 'EIO' && 'syscall' in cause
  return !(isLost && cause.syscall === 'read')
}
