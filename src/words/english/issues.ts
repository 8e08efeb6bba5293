/** What is wrong with a value: the end of a sentence that begins with it. Keys begin with `issue.` */
export const issues = {
  'issue.most-entries': 'must have at most {most, plural, one {# entry} other {# entries}}',
  'issue.least-entries': 'must have at least {least, plural, one {# entry} other {# entries}}',
  'issue.at-most': 'must be at most {most}',
  'issue.less-than': 'must be less than {most}',
  'issue.at-least': 'must be at least {least}',
  'issue.more-than': 'must be more than {least}',
  'issue.type':
    'must be a {type, select, int {whole number} number {number} string {string} boolean {boolean} array {array} object {object} other {{type}}}',
  'issue.one-of': 'must be one of {values}',
  'issue.unknown-kind': 'is not one of the known kinds',
  'issue.not-valid': 'is not valid',
} as const
