import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, test } from 'vitest'
import { inProject, projectFolder } from '../../scripts/setup/project.mjs'

/** The project's own configuration, less the rules that need types, which a snippet has none of. */
const eslint = new ESLint({
  cwd: projectFolder,
  overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }],
})

async function complaintsAbout(code: string, file: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath: inProject(file) })
  expect(result?.fatalErrorCount).toBe(0)
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'studio/arrows').map(({ message }) => message)
}

const REFUSED: [file: string, code: string][] = [
  ['src/made/spec.ts', "export * from '../data/bit-matrix'"],
  ['src/made/spec.ts', "export * from '../shared/run'"],
  ['src/made/spec.ts', "export { readFileSync } from 'node:fs'"],
  ['src/made/spec.ts', "export { readFileSync } from 'fs'"],
  ['src/made/spec.ts', "export { ref } from 'vue'"],
  ['src/made/deep/er.ts', "export * from '../../engine/contract'"],
  ['src/made/spec.ts', "export const later = () => import('../data/bit-matrix')"],
  ['src/made/spec.ts', "export type Rows = import('../data/bit-matrix').BitMatrix"],
  ['src/base/failure.ts', "export * from '../made/spec'"],
  ['src/base/failure.ts', "export { readFileSync } from 'node:fs'"],
  ['src/files/durable-file.ts', "export * from '../data/npy'"],
  ['src/runs/run-folder.ts', "export * from '../training/loop'"],
  ['src/data/idx.ts', "export * from '../engine/contract'"],
  ['src/data/idx.ts', "export * from '../training/loop'"],
  ['src/data/idx.ts', "export * from '../shared/run'"],
  ['src/data/idx.ts', "export { app } from 'electron'"],
  ['src/engine/choose.ts', "export * from '../training/loop'"],
  ['src/engine/choose.ts', "export * from '../shared/run'"],
  ['src/engine/cpu/session.ts', "export { app } from 'electron'"],
  ['src/engine/cpu/session.ts', "export { Chart } from 'chart.js/auto'"],
  ['src/shared/run.ts', "export * from '../engine/contract'"],
  ['src/shared/run.ts', "export type * from '../engine/choose'"],
  ['src/shared/run.ts', "export * from '../training/loop'"],
  ['src/training/loop.ts', "export * from '../compute/serve'"],
  ['src/training/loop.ts', "export * from '../cli/made'"],
  ['src/training/loop.ts', "export { defineStore } from 'pinia'"],
  ['src/compute/serve.ts', "export * from '../main/index'"],
  ['src/compute/serve.ts', "export * from '../renderer/bridge'"],
  ['src/main/index.ts', "export * from '../compute/serve'"],
  ['src/main/index.ts', "export * from '../training/loop'"],
  ['src/main/index.ts', "export * from '../renderer/bridge'"],
  ['src/main/index.ts', "export * from '../engine/cpu/session'"],
  ['src/cli/made.ts', "export * from '../compute/serve'"],
  ['src/cli/made.ts', "export * from '../main/index'"],
  ['src/cli/made.ts', "export { app } from 'electron'"],
  ['src/preload/bridge.ts', "export * from '../made/spec'"],
  ['src/preload/bridge.ts', "export * from '../main/index'"],
  ['src/renderer/bridge.ts', "export * from '../engine/contract'"],
  ['src/renderer/bridge.ts', "export * from '../data/bit-matrix'"],
  ['src/renderer/views/x.ts', "export * from '../../training/loop'"],
  ['src/renderer/bridge.ts', "export { ipcRenderer } from 'electron'"],
  ['src/renderer/bridge.ts', "export { join } from 'node:path'"],
]

const ALLOWED: [file: string, code: string][] = [
  ['src/made/spec.ts', "export * from '../base/failure'"],
  ['src/data/idx.ts', "export * from '../base/failure'\nexport { readFileSync } from 'node:fs'"],
  [
    'src/engine/cpu/session.ts',
    "export * from '../../made/spec'\nexport * from '../../data/bit-matrix'\nexport * from '../contract'",
  ],
  ['src/shared/run.ts', "export * from '../made/spec'\nexport type { EngineId } from '../engine/contract'"],
  ['src/shared/run.ts', "import type { EngineId } from '../engine/contract'\nexport const id: EngineId = 'cpu'"],
  [
    'src/runs/run-folder.ts',
    "export * from '../files/durable-file'\nexport * from '../engine/contract'\nexport * from '../shared/run'",
  ],
  [
    'src/training/loop.ts',
    "export * from '../runs/run-folder'\nexport * from '../engine/choose'\nexport * from '../shared/run'\nexport * from '../data/idx'",
  ],
  [
    'src/compute/serve.ts',
    "export * from '../training/loop'\nexport * from '../engine/choose'\nexport * from '../shared/run'",
  ],
  [
    'src/main/index.ts',
    "export { default } from '../compute/serve?modulePath'\nexport { app } from 'electron'\nexport * from '../shared/run'",
  ],
  ['src/cli/made.ts', "export * from '../training/loop'\nexport { Chart } from 'chart.js'"],
  ['src/preload/bridge.ts', "export * from '../shared/channel-names'\nexport { ipcRenderer } from 'electron'"],
  [
    'src/renderer/stores/run.ts',
    "export * from '../../shared/run'\nexport * from '../../made/spec'\nexport { ref } from 'vue'",
  ],
]

describe('the dependency arrows', () => {
  test.each(REFUSED)('%s may not say: %s', async (file, code) => {
    expect(await complaintsAbout(code, file)).toHaveLength(1)
  })

  test.each(ALLOWED)('%s may say: %s', async (file, code) => {
    expect(await complaintsAbout(code, file)).toEqual([])
  })

  test('hold in the script of a Vue component', async () => {
    const code =
      '<script setup lang="ts">\nimport { Trainer } from \'../../training/loop\'\nvoid Trainer\n</script>\n\n<template><p /></template>'
    const complaints = new ESLint({
      cwd: projectFolder,
      overrideConfig: [
        {
          files: ['**/*.vue'],
          rules: tseslint.configs.disableTypeChecked.rules ?? {},
          languageOptions: { parserOptions: { project: false, program: null } },
        },
      ],
    }).lintText(code, { filePath: inProject('src/renderer/views/TrainView.vue') })
    expect((await complaints)[0]?.messages.map(({ ruleId }) => ruleId)).toContain('studio/arrows')
  })
})
