const IMPORT = /\bimport\s+(\w+)\s+from\s*['"](?:node:)?(process|assert)['"];?/g
/**
 * What stands for these modules: the global itself, and a module that is loaded when it is first used.
 * @type {Readonly<Record<string, string>>}
 */
const INSTEAD = {
  process: 'globalThis.process',
  assert: "new Proxy({}, { get: (_, name) => globalThis.process.getBuiltinModule('node:assert')[name] })",
}

/**
 * Keeps what is bundled from importing `node:process` and `node:assert`: loading these looks at the standard streams, which
 * throws where a program with a window has none that can be used, as may be on Windows, and nothing would start.
 * @returns {import('vite').Plugin}
 */
export function withoutStreams() {
  return {
    name: 'without-streams',
    enforce: 'pre',
    transform(code) {
      const plain = code.replace(
        IMPORT,
        (_, /** @type {string} */ name, /** @type {string} */ module) => `const ${name} = ${INSTEAD[module]};`,
      )
      return plain === code ? null : { code: plain, map: null }
    },
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle))
        for (const id of part.type === 'chunk' ? part.imports : [])
          if (/^(node:)?(process|assert)$/.test(id))
            this.error(`${part.fileName} imports ${id}, see without-streams.mjs.`)
    },
  }
}
