import { mkdirSync, writeFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { inProject, projectFolder } from './project.mjs'

const PACKAGE = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//

/**
 * A plugin of Vite that notes, in out/packages, the packages whose code a build took in: their licences come with the
 * application, though nothing else of them does.
 * @param {string} part which build it is
 * @returns {import('vite').Plugin}
 */
export function recordPackages(part) {
  return {
    name: 'made-studio:record-packages',
    apply: 'build',
    generateBundle(_options, bundle) {
      const folders = new Set()
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue
        for (const id of Object.keys(output.modules)) {
          const path = relative(projectFolder, id.replace(/^\0+/, '').replace(/\?.*$/, '')).replaceAll(sep, '/')
          const [, folder] = PACKAGE.exec(path) ?? []
          if (folder !== undefined && !folder.startsWith('..')) folders.add(folder)
        }
      }
      mkdirSync(inProject('out', 'packages'), { recursive: true })
      writeFileSync(inProject('out', 'packages', `${part}.json`), `${JSON.stringify([...folders].sort(), null, 1)}\n`)
    },
  }
}
