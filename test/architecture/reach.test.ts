import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { fileAt, ImportGraph, type Import } from '../../scripts/lint/imports.mjs'
import { whyReachRefused } from '../../scripts/lint/reach.mjs'
import { inProject } from '../../scripts/setup/project.mjs'
import { complaintsOf } from './complaints'

const REFUSED: [file: string, code: string, way: string][] = [
  [
    'src/shared/run.ts',
    "export * from '../data/mixture-fit'",
    'src/shared/run.ts → src/data/mixture-fit.ts → node:timers/promises',
  ],
  [
    'src/shared/run.ts',
    "export { type MixtureResult, fitMixture } from '../data/mixture-fit'",
    '→ src/data/mixture-fit.ts →',
  ],
  ['src/shared/run.ts', "export const later = () => import('../data/mixture-fit')", '→ src/data/mixture-fit.ts →'],
  ['src/shared/run.ts', "export * from '../data/mnist'", 'src/shared/run.ts → src/data/mnist.ts → '],
  [
    'src/engine-page/main.ts',
    "export * from '../engine/webgpu/find-webgpu'",
    '→ src/engine/webgpu/find-webgpu.ts → node:fs',
  ],
]

const ALLOWED: [file: string, code: string][] = [
  ['src/shared/run.ts', "export type * from '../data/mixture-fit'"],
  ['src/shared/run.ts', "export { type MixtureResult } from '../data/mixture-fit'"],
  ['src/shared/run.ts', "export * from '../data/mixture'"],
  ['src/engine-page/main.ts', "export * from '../engine/webgpu/webgpu-engine'"],
  // The compute process has Node.js, and main only names its program.
  ['src/training/trainer.ts', "export * from '../data/mixture-fit'"],
  ['src/main/index.ts', "export { default } from '../compute/process?modulePath'"],
]

describe('what a folder refuses', () => {
  test.each(REFUSED)('%s does not reach by way of others: %s', async (file, code, way) => {
    expect(await complaintsOf('reach', code, file)).toEqual([expect.stringContaining(way)])
  })

  test.each(ALLOWED)('%s may say: %s', async (file, code) => {
    expect(await complaintsOf('reach', code, file)).toEqual([])
  })

  test('is complained of once, where the way leaves the folders that refuse it', () => {
    const contract = inProject('src/shared/contract.ts')
    class Told extends ImportGraph {
      override importsOf(file: string): readonly Import[] {
        return file === contract
          ? [{ address: '../data/mnist', file: inProject('src/data/mnist.ts'), isLater: false }]
          : super.importsOf(file)
      }
    }
    const graph = new Told()
    expect(whyReachRefused(graph, inProject('src/renderer/bridge.ts'), '../shared/contract')).toBeNull()
    expect(whyReachRefused(graph, contract, '../data/mnist')).toContain('→ src/data/mnist.ts →')
  })
})

describe('circles', () => {
  test('are refused, with all that are on the way', async () => {
    expect(await complaintsOf('circles', "export * from '../data/mixture-fit'", 'src/made/philox.ts')).toEqual([
      'Files that need each other in a circle: src/made/philox.ts → src/data/mixture-fit.ts → src/made/random.ts → src/made/philox.ts',
    ])
    expect(await complaintsOf('circles', "export * from './split'", 'src/data/split.ts')).toHaveLength(1)
  })

  test('of types alone are none', async () => {
    expect(await complaintsOf('circles', "export type * from '../data/mixture-fit'", 'src/made/philox.ts')).toEqual([])
  })
})

describe('imports, followed', () => {
  let root: string

  afterEach(() => rmSync(root, { recursive: true, force: true }))

  /** Writes a tree of files. @returns the path of one in it */
  function tree(files: Readonly<Record<string, string>>): (name: string) => string {
    root = mkdtempSync(join(tmpdir(), 'made-imports-'))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), text)
    }
    return (name) => join(root, name)
  }

  /** The way to Node.js, by name. */
  function wayToNode(path: (name: string) => string, start: string): string[] | null {
    const way = new ImportGraph().wayTo(path(start), ({ address }) => address.startsWith('node:'))
    return way && [...way.files.map((file) => file.slice(root.length + 1)), way.end.address]
  }

  test('take the shortest way, through files, components, folders and later imports', () => {
    const path = tree({
      'a.ts': "import './long'\nimport View from './deep/View.vue'\nvoid View",
      'long.ts': "export * from './longer'",
      'longer.ts': "export { b } from './deep/b'",
      'deep/View.vue':
        '<script lang="ts">\nexport const x = 1\n</script>\n<script setup lang="ts">\nimport { b } from \'./b\'\nvoid b\n</script>\n<template><p /></template>',
      'deep/b.ts': "export const b = () => import('../c')",
      'c/index.ts': "import fs = require('fs')\nimport { join } from 'node:path'\nvoid join, fs",
    })
    expect(wayToNode(path, 'a.ts')).toEqual(['a.ts', 'deep/View.vue', 'deep/b.ts', 'c/index.ts', 'node:path'])
  })

  test('leave out types, what is only named, what is no program, and words that look like imports', () => {
    const path = tree({
      'a.ts': `
        import type { A } from './node'
        import { type B } from './node'
        import type * as C from './node'
        export type { D } from './node'
        export { type E } from './node'
        export type * from './node'
        type F = typeof import('./node')
        import text from './node?raw'
        import './sheet.css'
        import './missing'
        // import './node'
        export const words = "import './node'"
        export type All = [A, B, typeof C, F, typeof text]`,
      'node.ts': "import 'node:fs'",
      'sheet.css': "@import 'node:fs';",
    })
    expect(wayToNode(path, 'a.ts')).toBeNull()
  })

  test('end in circles', () => {
    const path = tree({ 'a.ts': "import './b'", 'b.ts': "import './a'" })
    expect(wayToNode(path, 'a.ts')).toBeNull()
    const way = new ImportGraph().wayTo(path('a.ts'), ({ file }) => file === path('a.ts'))
    expect(way?.files).toEqual([path('a.ts'), path('b.ts')])
  })

  test('are read anew when a file has changed', () => {
    const path = tree({ 'a.ts': "import './b'", 'b.ts': '' })
    expect(wayToNode(path, 'a.ts')).toBeNull()
    writeFileSync(path('b.ts'), "import 'node:fs'")
    expect(wayToNode(path, 'a.ts')).toEqual(['a.ts', 'b.ts', 'node:fs'])
  })

  test('are found as they are written', () => {
    const path = tree({ 'a.ts': '', 'b.ts': '', 'c/index.ts': '', 'd.vue': '' })
    const from = path('a.ts')
    expect(['./b', './b.ts', './c', './d.vue', './e', 'b', './b?raw'].map((address) => fileAt(from, address))).toEqual([
      path('b.ts'),
      path('b.ts'),
      path('c/index.ts'),
      path('d.vue'),
      null,
      null,
      null,
    ])
  })
})
