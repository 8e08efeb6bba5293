import { StudioError } from '../base/failure'
import { CHANNELS, type Channel } from '../shared/contract'
import { issueSentence } from '../shared/issue-words'
import { say } from '../words/say'

/** So much is told of the name of a channel that there is not. */
const MOST_SHOWN = 60

/** A request as a window may make it: a channel of the contract, with parameters that its schema has read. */
export interface ValidRequest {
  readonly channel: Channel
  readonly params: unknown
}

/**
 * Checks a request against the contract; what its schema does not know of the parameters is left out.
 * @param channel its name, and
 * @param params what came along, both of them anything at all
 * @throws StudioError 'invalid-request', which says what is wrong first
 */
export function validRequest(channel: unknown, params: unknown): ValidRequest {
  if (typeof channel !== 'string' || !Object.hasOwn(CHANNELS, channel))
    throw new StudioError(
      'invalid-request',
      say('compute.request.unknown', {
        channel: typeof channel === 'string' ? channel.slice(0, MOST_SHOWN) : typeof channel,
      }),
      say('compute.request.restart'),
    )
  const known = channel as Channel
  const parsed = CHANNELS[known].params.safeParse(params)
  if (parsed.success) return { channel: known, params: parsed.data }
  const issue = parsed.error.issues[0]
  throw new StudioError(
    'invalid-request',
    issueSentence(issue.path.join('.') || say('issue.request'), issue),
    say('compute.request.bad-value.hint'),
  )
}
