import { relative, sep } from 'node:path'
import { inProject } from '../setup/project.mjs'
import { ARROWS, folderOf, onImports, whyOutsideRefused } from './arrows.mjs'
import { isCommand } from './command.mjs'
import { fileAt, ImportGraph } from './imports.mjs'

/** Of one command files do not change. */
const graphOfCommand = new ImportGraph()

/**
 * Why a module may not import another because of what that one brings with it at run time, or null if it may: a package,
 * or Node.js, that the folder refuses. What the other's own folder refuses is complained of there.
 * @param {ImportGraph} graph
 * @param {string} file path of the importing module
 * @param {string} address what it imports, as written
 * @returns {string | null} with the whole way
 */
export function whyReachRefused(graph, file, address) {
  const from = folderOf(file)
  const start = fileAt(file, address)
  if (from === null || !(from in ARROWS) || start === null) return null
  const isRefused = (/** @type {string} */ outside) =>
    !outside.startsWith('.') && whyOutsideRefused(from, outside, false) !== null
  const way = graph.wayTo(start, ({ address }) => isRefused(address))
  const to = folderOf(start)
  if (way === null || (to !== null && to in ARROWS && whyOutsideRefused(to, way.end.address, false) !== null))
    return null
  return `${whyOutsideRefused(from, way.end.address, false)} It reaches it so: ${arrow([file, ...way.files], way.end.address)}`
}

/**
 * The circle that an import closes, in words, or null if it closes none.
 * @param {ImportGraph} graph
 * @param {string} file path of the importing module
 * @param {string} address what it imports, as written
 * @returns {string | null}
 */
export function whyCircle(graph, file, address) {
  const start = fileAt(file, address)
  if (start === null) return null
  const way = start === file ? { files: [] } : graph.wayTo(start, (taken) => taken.file === file)
  return way && `Files that need each other in a circle: ${arrow([file, ...way.files], pathIn(file))}`
}

/** @param {readonly string[]} files @param {string} end */
function arrow(files, end) {
  return [...files.map(pathIn), end].join(' → ')
}

/** @param {string} file */
function pathIn(file) {
  return relative(inProject(), file).split(sep).join('/')
}

/** The rule: what a folder refuses it does not reach by way of others. @type {import('eslint').Rule.RuleModule} */
export const reachRule = followed(
  'What a folder of src may not import it does not reach by way of others either.',
  whyReachRefused,
)

/** The rule: there are no circles. @type {import('eslint').Rule.RuleModule} */
export const circlesRule = followed('No files of src need each other in a circle.', whyCircle)

/**
 * @param {string} description
 * @param {(graph: ImportGraph, file: string, address: string) => string | null} why
 * @returns {import('eslint').Rule.RuleModule}
 */
function followed(description, why) {
  return {
    meta: { type: 'problem', docs: { description }, schema: [] },
    create(context) {
      const graph = isCommand ? graphOfCommand : new ImportGraph()
      return onImports((node, address, typesOnly) => {
        const message = typesOnly ? null : why(graph, context.filename, address)
        if (message !== null) context.report({ node, message })
      })
    },
  }
}
