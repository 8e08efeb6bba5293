import { isBuiltin } from 'node:module'
import { dirname, relative, resolve, sep } from 'node:path'
import { inProject } from '../setup/project.mjs'

/**
 * Who may import what: the arrows of the design. `folders` are the folders of src that a folder may import beside itself;
 * `typesOnly` are modules from which it may take types and nothing else; `byAddress` are folders that it may only
 * name as the entry of a process of their own (`?modulePath`).
 * @typedef {{ folders: readonly string[], typesOnly?: readonly string[], byAddress?: readonly string[], packagesRefused: readonly string[], refusesNode?: boolean }} Arrows
 */

const WINDOW_PACKAGES = ['vue', 'pinia', 'reka-ui', '@lucide/vue']
const NO_SURFACE = ['electron', 'chart.js', ...WINDOW_PACKAGES]

/** @type {Readonly<Record<string, Arrows>>} */
export const ARROWS = {
  base: { folders: [], packagesRefused: NO_SURFACE, refusesNode: true },
  files: { folders: ['base'], packagesRefused: NO_SURFACE },
  made: { folders: ['base'], packagesRefused: NO_SURFACE, refusesNode: true },
  data: { folders: ['made', 'base'], packagesRefused: NO_SURFACE },
  engine: { folders: ['made', 'data', 'base'], packagesRefused: NO_SURFACE },
  shared: {
    folders: ['made', 'data', 'base'],
    typesOnly: ['engine/contract'],
    packagesRefused: ['chart.js', ...WINDOW_PACKAGES],
    refusesNode: true,
  },
  runs: { folders: ['engine', 'data', 'made', 'shared', 'files', 'base'], packagesRefused: NO_SURFACE },
  training: { folders: ['runs', 'engine', 'data', 'made', 'shared', 'files', 'base'], packagesRefused: NO_SURFACE },
  compute: {
    folders: ['training', 'runs', 'engine', 'data', 'made', 'shared', 'files', 'base'],
    packagesRefused: ['chart.js', ...WINDOW_PACKAGES],
  },
  main: {
    folders: ['shared', 'made', 'files', 'base'],
    byAddress: ['compute'],
    packagesRefused: ['chart.js', ...WINDOW_PACKAGES],
  },
  cli: {
    folders: ['training', 'runs', 'engine', 'data', 'made', 'shared', 'files', 'base'],
    packagesRefused: ['electron', ...WINDOW_PACKAGES],
  },
  preload: { folders: ['shared'], packagesRefused: ['chart.js', ...WINDOW_PACKAGES], refusesNode: true },
  renderer: { folders: ['shared', 'made', 'base'], packagesRefused: ['electron'], refusesNode: true },
}

/**
 * Why a module may not import another, or null if it may.
 * @param {string} file path of the importing module
 * @param {string} source what it imports, as written
 * @param {boolean} typesOnly whether it takes types and nothing else
 * @returns {string | null}
 */
export function whyRefused(file, source, typesOnly) {
  const from = folderOf(file)
  const arrows = from === null ? undefined : ARROWS[from]
  if (from === null || arrows === undefined) return null
  const [address, query] = source.split('?')

  if (!address.startsWith('.')) {
    if (isBuiltin(address))
      return arrows.refusesNode === true
        ? `src/${from} must also run where there is no Node.js, so it may not import “${address}”.`
        : null
    const refused = arrows.packagesRefused.some((name) => address === name || address.startsWith(`${name}/`))
    return refused ? `src/${from} may not import “${address}”: what it does has no part in that package's work.` : null
  }

  const target = resolve(dirname(file), address)
  const to = folderOf(target)
  if (to === null || to === from || arrows.folders.includes(to)) return null
  if (arrows.byAddress?.includes(to)) {
    return query === 'modulePath'
      ? null
      : `src/${from} may only start src/${to} as a process of its own (“…?modulePath”), not import it.`
  }
  if (arrows.typesOnly?.includes(relative(inProject('src'), target).split(sep).join('/'))) {
    return typesOnly ? null : `src/${from} may take types from src/${to} and nothing else: write “import type”.`
  }
  const allowed =
    arrows.folders.length === 0 ? 'nothing else of src' : arrows.folders.map((name) => `src/${name}`).join(', ')
  return `src/${from} may import ${allowed}; not src/${to}. Dependencies point one way.`
}

/**
 * The folder of src that a path lies in.
 * @param {string} path
 */
function folderOf(path) {
  const parts = relative(inProject('src'), path).split(sep)
  return parts[0] === '..' || parts.length < 2 ? null : (parts[0] ?? null)
}

/** The rule: every way of importing is held to the arrows. @type {import('eslint').Rule.RuleModule} */
export const arrowsRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Dependencies between the folders of src point one way.' },
    schema: [],
  },
  create(context) {
    /** @param {any} node @param {any} source @param {boolean} typesOnly */
    const check = (node, source, typesOnly) => {
      if (typeof source?.value !== 'string') return
      const message = whyRefused(context.filename, source.value, typesOnly)
      if (message !== null) context.report({ node, message })
    }
    return {
      ImportDeclaration: (/** @type {any} */ node) => check(node, node.source, takesOnlyTypes(node, 'importKind')),
      ExportNamedDeclaration: (/** @type {any} */ node) => check(node, node.source, takesOnlyTypes(node, 'exportKind')),
      ExportAllDeclaration: (/** @type {any} */ node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (/** @type {any} */ node) => check(node, node.source, false),
      TSImportType: (/** @type {any} */ node) => check(node, node.source ?? node.argument?.literal, true),
    }
  },
}

/** @param {any} node @param {'importKind' | 'exportKind'} kind */
function takesOnlyTypes(node, kind) {
  if (node[kind] === 'type') return true
  return (
    node.specifiers.length > 0 && node.specifiers.every((/** @type {any} */ specifier) => specifier[kind] === 'type')
  )
}
