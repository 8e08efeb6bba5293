import { readFileSync, statSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

/** What is found when it is imported without its ending. */
const ENDINGS = ['', '.ts', '.mjs', '/index.ts']
const PROGRAMS = ['.ts', '.mjs', '.cjs', '.js', '.vue']

/**
 * Something that a file imports: the address as written, and the path of the file that it stands for, which is null for a
 * package and for what is only named (`?modulePath`, `?raw`). What a call imports comes later than the file itself.
 * @typedef {{ readonly address: string, readonly file: string | null, readonly isLater: boolean }} Import
 */

/** What was found in files, until they change. @type {Map<string, { readonly changed: number, readonly imports: readonly Import[] }>} */
const found = new Map()

/** The imports of files that are more than types, followed through. It looks at each file once. */
export class ImportGraph {
  /** @type {Map<string, readonly Import[]>} */
  #seen = new Map()

  /**
   * What a file takes in when it runs.
   * @param {string} file its path
   */
  importsOf(file) {
    const imports = this.#seen.get(file) ?? importsOf(file)
    this.#seen.set(file, imports)
    return imports
  }

  /**
   * The shortest way from a file along its imports, and theirs, to one that is looked for.
   * @param {string} start path of a file
   * @param {(taken: Import) => boolean} isLookedFor
   * @returns {{ readonly files: readonly string[], readonly end: Import } | null} paths of the files on the way, from the
   * start, and the import that was looked for
   */
  wayTo(start, isLookedFor) {
    /** @type {Map<string, string | null>} */
    const cameFrom = new Map([[start, null]])
    for (const file of cameFrom.keys()) {
      for (const taken of this.importsOf(file)) {
        if (isLookedFor(taken)) return { files: wayBack(file, cameFrom), end: taken }
        if (taken.file !== null && !cameFrom.has(taken.file)) cameFrom.set(taken.file, file)
      }
    }
    return null
  }
}

/**
 * The file that an address stands for.
 * @param {string} importer path of the file that imports it
 * @param {string} address
 * @returns {string | null}
 */
export function fileAt(importer, address) {
  if (!address.startsWith('.') || address.includes('?')) return null
  const path = resolve(dirname(importer), address)
  return ENDINGS.map((ending) => path + ending).find((candidate) => statusOf(candidate)?.isFile()) ?? null
}

/** @param {string} file @param {ReadonlyMap<string, string | null>} cameFrom */
function wayBack(file, cameFrom) {
  /** @type {string[]} */
  const way = []
  for (let at = /** @type {string | null} */ (file); at !== null; at = cameFrom.get(at) ?? null) way.unshift(at)
  return way
}

/** @param {string} file @returns {readonly Import[]} */
function importsOf(file) {
  const changed = statusOf(file)?.mtimeMs
  if (changed === undefined || !PROGRAMS.includes(extname(file))) return []
  const before = found.get(file)
  if (before?.changed === changed) return before.imports
  const imports = addressesIn(programIn(file)).map((taken) => ({ ...taken, file: fileAt(file, taken.address) }))
  found.set(file, { changed, imports })
  return imports
}

/** @param {string} file */
function programIn(file) {
  const text = readFileSync(file, 'utf8')
  if (extname(file) !== '.vue') return ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  const { script, scriptSetup } = parse(text, { sourceMap: false }).descriptor
  const code = `${script?.content ?? ''}\n${scriptSetup?.content ?? ''}`
  return ts.createSourceFile(`${file}.ts`, code, ts.ScriptTarget.Latest)
}

/** @param {ts.SourceFile} program */
function addressesIn(program) {
  /** @type {{ address: string, isLater: boolean }[]} */
  const addresses = []
  /** @param {ts.Node} node */
  const visit = (node) => {
    const source = sourceAtRunTime(node)
    if (source && ts.isStringLiteralLike(source))
      addresses.push({ address: source.text, isLater: ts.isCallExpression(node) })
    ts.forEachChild(node, visit)
  }
  visit(program)
  return addresses
}

/**
 * What a node names, if it is an import of more than types.
 * @param {ts.Node} node
 * @returns {ts.Node | undefined}
 */
function sourceAtRunTime(node) {
  if (ts.isImportDeclaration(node)) return importsTypesOnly(node.importClause) ? undefined : node.moduleSpecifier
  if (ts.isExportDeclaration(node)) return exportsTypesOnly(node) ? undefined : node.moduleSpecifier
  const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  return isCall ? node.arguments[0] : undefined
}

/** @param {ts.ImportClause | undefined} clause */
function importsTypesOnly(clause) {
  if (clause === undefined) return false
  const { phaseModifier, name, namedBindings } = clause
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  if (name !== undefined || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false
  return allTypes(namedBindings.elements)
}

/** @param {ts.ExportDeclaration} declaration */
function exportsTypesOnly({ isTypeOnly, exportClause }) {
  return (
    isTypeOnly || (exportClause !== undefined && ts.isNamedExports(exportClause) && allTypes(exportClause.elements))
  )
}

/** @param {readonly (ts.ImportSpecifier | ts.ExportSpecifier)[]} names */
function allTypes(names) {
  return names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly)
}

/** @param {string} path */
function statusOf(path) {
  return statSync(path, { throwIfNoEntry: false })
}
