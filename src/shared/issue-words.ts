import type { z } from 'zod'

/** What is wrong with a value, as the end of a sentence about it: "must be at most 10". */
export function issueInWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'array'
        ? `must have at most ${issue.maximum} entries`
        : `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`
    case 'too_small':
      return issue.origin === 'array'
        ? `must have at least ${issue.minimum} entries`
        : `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`
    case 'invalid_type':
      return issue.expected === 'int' ? 'must be a whole number' : `must be a ${issue.expected}`
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`
    case 'invalid_union':
      return 'is not one of the known kinds'
    default:
      return `is not valid (${issue.message})`
  }
}
