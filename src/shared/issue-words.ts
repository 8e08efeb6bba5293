import type { z } from 'zod'
import { say, type Sentence } from '../words/say'

/** What is wrong with a value, as the end of a sentence about it: "must be at most 10". */
export function issueInWords(issue: z.core.$ZodIssue): Sentence {
  switch (issue.code) {
    case 'too_big': {
      if (issue.origin === 'array') return say('issue.most-entries', { most: Number(issue.maximum) })
      const most = String(issue.maximum)
      return issue.inclusive ? say('issue.at-most', { most }) : say('issue.less-than', { most })
    }
    case 'too_small': {
      if (issue.origin === 'array') return say('issue.least-entries', { least: Number(issue.minimum) })
      const least = String(issue.minimum)
      return issue.inclusive ? say('issue.at-least', { least }) : say('issue.more-than', { least })
    }
    case 'invalid_type':
      return say('issue.type', { type: issue.expected })
    case 'invalid_value':
      return say('issue.one-of', { values: issue.values.join(', ') })
    case 'invalid_union':
      return say('issue.unknown-kind')
    default:
      return say('issue.not-valid')
  }
}
