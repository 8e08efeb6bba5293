const IMPORT = /\bimport\s+(\w+)\s+from\s*['"](?:node:)?process['"];?/

/**
 * Gives what is bundled the global `process` in place of the module `node:process`: importing that looks at the standard
 * streams, which throws where a program with a window has none that can be used, as on Windows.
 * @returns {import('vite').Plugin}
 */
export function plainProcess() {
  return {
    name: 'plain-process',
    enforce: 'pre',
    transform: (code) =>
      IMPORT.test(code) ? { code: code.replace(IMPORT, 'const $1 = globalThis.process;'), map: null } : null,
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle))
        if (part.type === 'chunk' && part.imports.some((id) => /^(node:)?process$/.test(id)))
          this.error(`${part.fileName} imports node:process, which may throw where there are no standard streams.`)
    },
  }
}
