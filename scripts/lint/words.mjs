/**
 * What a person reads stands in the catalogue (src/words), in every language. Text in the code that has two words beside
 * each other, or begins like a sentence, is taken for such; what only programmers read (a thrown `Error`, a key, a comment)
 * is not.
 */

const REMEDY = 'say it by a message of the catalogue (src/words)'
/** Two words beside each other, or one that ends a sentence. */
const WORDS = /[A-Za-z’']{2,}[,;:]? [A-Za-z’']{2,}|^[A-Z][a-z]+[.…!?]$/
/** The path of an SVG drawing, X standing for its numbers. */
const PATH = /^[MLHVCSQTAZ\dX .,-]+$/i
/** What is written for browsers: a policy, a type of content, a tag. */
const FOR_BROWSERS = /^(?:[a-z]+-(?:src|uri|action|ancestors) |[a-z]+\/[a-z]+; charset=|<[!?]?[a-z]+ )/
/** Names, which are the same in every language. */
const NAMES = /MADE Studio|DejaVu Sans|Noto Sans KR|Application Support/g
/** Calls whose texts are for programmers, or for other programs. */
const FOR_PROGRAMS = new Set([
  'Error',
  'TypeError',
  'RangeError',
  'ThriftError',
  'querySelector',
  'querySelectorAll',
  'closest',
  'matches',
  'matchMedia',
])
/** Bytes by which a file is known. */
const MARK = /\0/

/** Fields whose texts are for other programs: a process is listed by the name of its service. */
const FIELDS_FOR_PROGRAMS = new Set(['serviceName'])

/** @param {string} text @returns {string} without what is no word for a person */
function forPeople(text) {
  return FOR_BROWSERS.test(text) ? '' : text.replace(NAMES, '')
}

/** @param {any} node whether it is an argument, however deep in it, of a call or a field for programs */
function isForPrograms(node) {
  for (let at = node; at; at = at.parent) {
    if (at.type === 'ImportDeclaration' || at.source === node || at.type.startsWith('TS')) return true
    if (at.type === 'Property' && FIELDS_FOR_PROGRAMS.has(at.key.name)) return true
    if (at.type === 'CallExpression' || at.type === 'NewExpression') {
      const { callee } = at
      const name = callee.type === 'MemberExpression' ? callee.property.name : callee.name
      if (FOR_PROGRAMS.has(name)) return true
      if (callee.type === 'MemberExpression' && callee.object.name === 'console' && name === 'debug') return true
    }
    if (at.type === 'BlockStatement' || at.type === 'Program') return false
  }
  return false
}

/** @param {any} node whether something else is only compared with it: nobody reads it */
function isCompared({ parent }) {
  return (parent?.type === 'BinaryExpression' && /^[!=]==$/.test(parent.operator)) || parent?.type === 'SwitchCase'
}

/** @type {import('eslint').Rule.RuleModule} */
export const wordsRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Words for a person stand in the catalogue.' },
    schema: [],
  },
  create(context) {
    /** @param {any} node @param {string} text */
    const check = (node, text) => {
      if (WORDS.test(text) && !MARK.test(text) && !PATH.test(text) && !isCompared(node) && !isForPrograms(node))
        context.report({ node, message: `“${text.slice(0, 40)}” is words for a person; ${REMEDY}.` })
    }
    return {
      Literal: (/** @type {any} */ node) => {
        if (typeof node.value === 'string') check(node, forPeople(node.value))
      },
      TemplateLiteral: (/** @type {any} */ node) =>
        check(node, forPeople(node.quasis.map((/** @type {any} */ { value }) => value.cooked ?? '').join('X'))),
    }
  },
}
