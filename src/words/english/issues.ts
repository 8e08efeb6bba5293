/** What is wrong with a value that was checked. Keys begin with `issue.` */
export const issues = {
  'issue.too-big': 'The value of {name} must be at most {most}.',
  'issue.not-less': 'The value of {name} must be less than {bound}.',
  'issue.too-many': 'The value of {name} must have at most {most, plural, one {# entry} other {# entries}}.',
  'issue.too-long': 'The value of {name} must have at most {most, plural, one {# character} other {# characters}}.',
  'issue.too-small': 'The value of {name} must be at least {least}.',
  'issue.not-more': 'The value of {name} must be more than {bound}.',
  'issue.too-few': 'The value of {name} must have at least {least, plural, one {# entry} other {# entries}}.',
  'issue.too-short': 'The value of {name} must have at least {least, plural, one {# character} other {# characters}}.',
  'issue.other-type':
    'The value of {name} must be {type, select, int {a whole number} number {a number} string {a string} boolean {yes or no} array {a list} undefined {absent} other {an object}}.',
  'issue.other-value': 'The value of {name} must be one of {values}.',
  'issue.unknown-kind': 'The value of {name} is not one of the known kinds.',
  'issue.invalid': 'The value of {name} is not valid.',
  'issue.request': 'the request',
} as const
