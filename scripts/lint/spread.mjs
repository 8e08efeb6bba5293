/**
 * Every argument of a call lies on the stack, which a list of a hundred thousand overflows. So a list may be spread into a
 * call only where its type says how long it is: a tuple. `[...list]`, `Array.from` and loops know no such limit.
 */

const REMEDY = 'add its items in a loop, or take the largest by “largest” (src/base/extremes.ts)'

/**
 * Whether these are the arguments of the function that they are passed on by: they were on the stack before.
 * @param {import('eslint').Rule.RuleContext} context
 * @param {any} node
 */
function isRestParameter(context, node) {
  if (node.type !== 'Identifier') return false
  for (let scope = context.sourceCode.getScope(node); scope; scope = /** @type {any} */ (scope.upper)) {
    const variable = scope.set.get(node.name)
    if (variable)
      return variable.defs.some(({ type, name, node: owner }) => {
        const { parent } = /** @type {any} */ (name)
        return type === 'Parameter' && parent.type === 'RestElement' && owner.params.includes(parent)
      })
  }
  return false
}

/** @type {import('eslint').Rule.RuleModule} */
export const spreadRule = {
  meta: {
    type: 'problem',
    docs: { description: 'No list of unknown length is spread into the arguments of a call.' },
    schema: [],
  },
  create(context) {
    const services = context.sourceCode.parserServices
    // A text without types says nothing of lengths.
    if (!services.program) return {}
    /** @param {any} node what is spread or applied */
    const isFixed = (node) => {
      if (isRestParameter(context, node)) return true
      const checker = services.program.getTypeChecker()
      const type = services.getTypeAtLocation(node)
      const known = checker.getBaseConstraintOfType(type) ?? type
      return (known.isUnion() ? known.types : [known]).every(
        (/** @type {any} */ one) =>
          checker.isTupleType(one) && one.target.fixedLength === one.target.elementFlags.length,
      )
    }
    /** @param {any} node */
    const check = (node) => {
      for (const argument of node.arguments)
        if (argument.type === 'SpreadElement' && !isFixed(argument.argument))
          context.report({
            node: argument,
            message: `A list of unknown length may overflow the stack as arguments of a call; ${REMEDY}.`,
          })
    }
    return {
      CallExpression: (/** @type {any} */ node) => {
        check(node)
        const { callee } = node
        const isApply = callee.type === 'MemberExpression' && callee.property.name === 'apply'
        if (isApply && node.arguments.length === 2 && !isFixed(node.arguments[1]))
          context.report({ node, message: `“apply” may overflow the stack by a list of unknown length; ${REMEDY}.` })
      },
      NewExpression: check,
    }
  },
}
