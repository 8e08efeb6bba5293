import ts from 'typescript'
import tseslint from 'typescript-eslint'
import { parse } from 'vue/compiler-sfc'
import { inProject } from '../setup/project.mjs'
import { isCommand } from './command.mjs'

/** @typedef {{ readonly filePath?: string, readonly programs?: readonly ts.Program[] }} Options */
/** @type {(code: string, options: Options) => unknown} */
const parseForESLint = tseslint.parser.parseForESLint

/** @type {ts.Program | undefined} */
let program

/**
 * The parser of the scripts of .vue files: that of TypeScript, which by itself begins a program anew for each of them. Of a
 * command all are in one. What is not the script as it stands in its file, such as an expression of a template, is parsed as usual.
 */
export const vueScriptParser = {
  ...tseslint.parser,
  /** @param {string} code @param {Options} options */
  parseForESLint(code, options) {
    if (!isCommand || !options.filePath?.endsWith('.vue')) return parseForESLint(code, options)
    program ??= programOfScripts()
    const isScript = program.getSourceFile(options.filePath)?.text === code
    return parseForESLint(code, isScript ? { ...options, programs: [program] } : options)
  },
}

/** The program of the window, with the scripts of .vue files as files of TypeScript. */
function programOfScripts() {
  const config = ts.getParsedCommandLineOfConfigFile(
    inProject('tsconfig.web.json'),
    { allowNonTsExtensions: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => throwText(messageText) },
    undefined,
    undefined,
    [{ extension: '.vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }],
  )
  if (config === undefined) throw new Error('tsconfig.web.json cannot be read.')
  const host = ts.createCompilerHost(config.options, true)
  const getSourceFile = host.getSourceFile.bind(host)
  host.getSourceFile = (path, version, ...more) => {
    if (!path.endsWith('.vue')) return getSourceFile(path, version, ...more)
    const { script, scriptSetup } = parse(host.readFile(path) ?? '', { sourceMap: false }).descriptor
    return ts.createSourceFile(path, (scriptSetup ?? script)?.content ?? '', version, true, ts.ScriptKind.TS)
  }
  return ts.createProgram(config.fileNames, config.options, host)
}

/** @param {string | ts.DiagnosticMessageChain} text */
function throwText(text) {
  throw new Error(ts.flattenDiagnosticMessageText(text, '\n'))
}
