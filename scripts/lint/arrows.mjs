import { isBuiltin } from 'node:module'
import { dirname, relative, resolve, sep } from 'node:path'
import { inProject } from '../setup/project.mjs'

/**
 * Who may import what. `folders` are the folders of src that a folder may import beside itself; `typesOnly` are modules
 * from which it may take types and nothing else; `byAddress` are folders that it may only name as the entry of a process
 * of their own (`?modulePath`). `withoutNode` are folders that also run where there is no Node.js; `given` is what they
 * find there instead. None of this may be gone round by way of others (`reach.mjs`).
 * @typedef {{
 *   folders: readonly string[], typesOnly?: readonly string[], byAddress?: readonly string[],
 *   packagesRefused: readonly string[], withoutNode?: boolean, given?: readonly string[],
 * }} Arrows
 */

const WINDOW_PACKAGES = [
  'vue',
  'pinia',
  'reka-ui',
  '@tanstack/vue-table',
  '@tanstack/vue-virtual',
  '@lucide/vue',
  'modern-gif',
  'mediabunny',
]
const NO_SURFACE = ['electron', 'chart.js', ...WINDOW_PACKAGES]
/** Packages known to run where there is no Node.js. */
const RUNS_ANYWHERE = [
  'zod',
  'intl-messageformat',
  'es-hangul',
  'chart.js',
  '@fontsource/noto-sans-kr',
  ...WINDOW_PACKAGES,
]

/** @type {Readonly<Record<string, Arrows>>} */
export const ARROWS = {
  words: { folders: [], packagesRefused: NO_SURFACE, withoutNode: true },
  base: { folders: ['words'], packagesRefused: NO_SURFACE, withoutNode: true },
  files: { folders: ['base', 'words'], packagesRefused: NO_SURFACE },
  made: { folders: ['base', 'words'], packagesRefused: NO_SURFACE, withoutNode: true },
  data: { folders: ['made', 'base', 'words'], packagesRefused: NO_SURFACE },
  engine: { folders: ['made', 'data', 'base', 'words'], packagesRefused: NO_SURFACE },
  'engine-page': { folders: ['engine', 'made', 'base', 'words'], packagesRefused: NO_SURFACE, withoutNode: true },
  shared: {
    folders: ['made', 'data', 'base', 'words'],
    typesOnly: ['engine/contract'],
    packagesRefused: ['chart.js', ...WINDOW_PACKAGES],
    withoutNode: true,
  },
  sweeps: { folders: ['shared', 'made', 'base', 'words'], packagesRefused: NO_SURFACE, withoutNode: true },
  questions: { folders: ['engine', 'data', 'made', 'base', 'words'], packagesRefused: NO_SURFACE },
  runs: {
    folders: ['engine', 'data', 'made', 'sweeps', 'shared', 'files', 'base', 'words'],
    packagesRefused: NO_SURFACE,
  },
  training: {
    folders: ['questions', 'runs', 'engine', 'data', 'made', 'shared', 'files', 'base', 'words'],
    packagesRefused: NO_SURFACE,
  },
  report: {
    folders: ['training', 'runs', 'engine', 'data', 'made', 'shared', 'files', 'base', 'words'],
    packagesRefused: NO_SURFACE,
  },
  compute: {
    folders: [
      'report',
      'training',
      'questions',
      'runs',
      'engine',
      'data',
      'made',
      'sweeps',
      'shared',
      'files',
      'base',
      'words',
    ],
    packagesRefused: ['chart.js', ...WINDOW_PACKAGES],
  },
  main: {
    folders: ['shared', 'made', 'files', 'base', 'words'],
    byAddress: ['compute'],
    packagesRefused: ['chart.js', ...WINDOW_PACKAGES],
  },
  cli: {
    folders: [
      'report',
      'training',
      'questions',
      'runs',
      'engine',
      'data',
      'made',
      'sweeps',
      'shared',
      'files',
      'base',
      'words',
    ],
    packagesRefused: ['electron', ...WINDOW_PACKAGES],
  },
  preload: {
    folders: ['shared'],
    packagesRefused: ['chart.js', ...WINDOW_PACKAGES],
    withoutNode: true,
    given: ['electron'],
  },
  renderer: {
    folders: ['sweeps', 'shared', 'made', 'base', 'words'],
    packagesRefused: ['electron'],
    withoutNode: true,
  },
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
  if (!address.startsWith('.')) return whyOutsideRefused(from, address, typesOnly)

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
 * Why a folder may not import something from outside src, or null if it may.
 * @param {string} from folder of src
 * @param {string} address of a package or of a part of Node.js
 * @param {boolean} typesOnly
 * @returns {string | null}
 */
export function whyOutsideRefused(from, address, typesOnly) {
  const { packagesRefused, withoutNode = false, given = [] } = ARROWS[from]
  if (isOf(address, packagesRefused))
    return `src/${from} may not import “${address}”: what it does has no part in that package's work.`
  if (!withoutNode || isOf(address, given)) return null
  if (isBuiltin(address))
    return `src/${from} must also run where there is no Node.js, so it may not import “${address}”.`
  return typesOnly || isOf(address, RUNS_ANYWHERE)
    ? null
    : `src/${from} must also run where there is no Node.js, which “${address}” is not known to do.`
}

/** @param {string} address @param {readonly string[]} packages */
function isOf(address, packages) {
  return packages.some((name) => address === name || address.startsWith(`${name}/`))
}

/**
 * The folder of src that a path lies in, or null if it lies in none.
 * @param {string} path
 */
export function folderOf(path) {
  const parts = relative(inProject('src'), path).split(sep)
  return parts[0] === '..' || parts.length < 2 ? null : (parts[0] ?? null)
}

/** The rule: every way of importing is held to the arrows, and every file has its place in them. @type {import('eslint').Rule.RuleModule} */
export const arrowsRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Dependencies between the folders of src point one way.' },
    schema: [],
  },
  create(context) {
    return {
      Program: (node) => {
        const from = folderOf(context.filename)
        if (from !== null && from in ARROWS) return
        const message =
          from === null
            ? 'Every file of src lies in one of its folders.'
            : `src/${from} has no arrows yet: say in scripts/lint/arrows.mjs what it may import.`
        context.report({ node, message })
      },
      ...onImports((node, address, typesOnly) => {
        const message = whyRefused(context.filename, address, typesOnly)
        if (message !== null) context.report({ node, message })
      }),
    }
  },
}

/**
 * Visits every way of importing.
 * @param {(node: any, address: string, typesOnly: boolean) => void} visit
 * @returns {import('eslint').Rule.RuleListener}
 */
export function onImports(visit) {
  /** @param {any} node @param {any} source @param {boolean} typesOnly */
  const check = (node, source, typesOnly) => {
    if (typeof source?.value === 'string') visit(node, source.value, typesOnly)
  }
  return {
    ImportDeclaration: (/** @type {any} */ node) => check(node, node.source, takesOnlyTypes(node, 'importKind')),
    ExportNamedDeclaration: (/** @type {any} */ node) => check(node, node.source, takesOnlyTypes(node, 'exportKind')),
    ExportAllDeclaration: (/** @type {any} */ node) => check(node, node.source, node.exportKind === 'type'),
    ImportExpression: (/** @type {any} */ node) => check(node, node.source, false),
    TSImportType: (/** @type {any} */ node) => check(node, node.source ?? node.argument?.literal, true),
  }
}

/** @param {any} node @param {'importKind' | 'exportKind'} kind */
function takesOnlyTypes(node, kind) {
  if (node[kind] === 'type') return true
  return (
    node.specifiers.length > 0 && node.specifiers.every((/** @type {any} */ specifier) => specifier[kind] === 'type')
  )
}
