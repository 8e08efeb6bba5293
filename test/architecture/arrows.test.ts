import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ARROWS } from '../../scripts/lint/arrows.mjs'
import { inProject } from '../../scripts/setup/project.mjs'
import { complaintsOf } from './complaints'

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
  ['src/made/spec.ts', "export { parse } from 'yaml'"],
  ['src/shared/run.ts', "export { createInflate } from 'zlib'"],
  ['src/shared/run.ts', "export { app } from 'electron'"],
  ['src/renderer/bridge.ts', "export { open } from 'yauzl'"],
  ['src/engine-page/main.ts', "export { readFileSync } from 'node:fs'"],
  ['src/engine-page/main.ts', "export * from '../compute/service'"],
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
  ['src/sweeps/sweep.ts', "export * from '../runs/sweep-folder'"],
  ['src/sweeps/sweep.ts', "export { readFileSync } from 'node:fs'"],
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
  ['src/shared/run.ts', "export { z } from 'zod'\nexport type { WebUtils } from 'electron'"],
  ['src/engine-page/main.ts', "export * from '../engine/contract'\nexport * from '../made/spec'"],
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
    expect(await complaintsOf('arrows', code, file)).toHaveLength(1)
  })

  test.each(ALLOWED)('%s may say: %s', async (file, code) => {
    expect(await complaintsOf('arrows', code, file)).toEqual([])
  })

  test('hold in the script of a Vue component', async () => {
    const code =
      '<script setup lang="ts">\nimport { Trainer } from \'../../training/loop\'\nvoid Trainer\n</script>\n\n<template><p /></template>'
    expect(await complaintsOf('arrows', code, 'src/renderer/views/TrainView.vue')).toHaveLength(1)
  })

  test('refuse a folder that has none, and a file outside every folder', async () => {
    const code = 'export const answer = 42'
    expect(await complaintsOf('arrows', code, 'src/plugins/first.ts')).toEqual([
      expect.stringContaining('src/plugins has no arrows yet'),
    ])
    expect(await complaintsOf('arrows', code, 'src/first.ts')).toEqual([
      expect.stringContaining('lies in one of its folders'),
    ])
  })

  test('name the folders of src, and no others', () => {
    const folders = readdirSync(inProject('src'), { withFileTypes: true }).map(({ name }) => name)
    expect(Object.keys(ARROWS).sort()).toEqual(folders.sort())
    const named = Object.values(ARROWS).flatMap(({ folders, byAddress = [] }) => [...folders, ...byAddress])
    expect(named.filter((name) => !(name in ARROWS))).toEqual([])
  })

  test('themselves make no circle', () => {
    const reached = (folder: string, seen = new Set<string>()): Set<string> => {
      for (const next of ARROWS[folder].folders) if (!seen.has(next)) reached(next, seen.add(next))
      return seen
    }
    expect(Object.keys(ARROWS).filter((folder) => reached(folder).has(folder))).toEqual([])
  })
})
