import type { PartName } from '../table'
import type { Content } from './content'

/** An opened file of a set. */
export interface Part {
  readonly part: PartName
  readonly content: Content
  readonly labels: Content | null
}
