import type { z } from 'zod'
import { say, type Sentence } from '../words/say'

/**
 * What is wrong with a value, in a sentence about it: "The value of --l2 must be at most 10."
 * @param name what the value is called
 */
export function issueSentence(name: string | Sentence, issue: z.core.$ZodIssue): Sentence {
  switch (issue.code) {
    case 'too_big': {
      const most = String(issue.maximum)
      if (issue.origin === 'array') return say('issue.too-many', { name, most: Number(most) })
      if (issue.origin === 'string') return say('issue.too-long', { name, most: Number(most) })
      return issue.inclusive ? say('issue.too-big', { name, most }) : say('issue.not-less', { name, bound: most })
    }
    case 'too_small': {
      const least = String(issue.minimum)
      if (issue.origin === 'array') return say('issue.too-few', { name, least: Number(least) })
      if (issue.origin === 'string') return say('issue.too-short', { name, least: Number(least) })
      return issue.inclusive ? say('issue.too-small', { name, least }) : say('issue.not-more', { name, bound: least })
    }
    case 'invalid_type':
      return say('issue.other-type', { name, type: issue.expected })
    case 'invalid_value':
      return say('issue.other-value', { name, values: issue.values.map(String).join(', ') })
    case 'invalid_union':
      return say('issue.unknown-kind', { name })
    default:
      // What the library says of it is no word for a person.
      return say('issue.invalid', { name })
  }
}
