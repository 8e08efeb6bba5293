import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MANIFEST } from '../../src/shared/add-on'
import { answerOpenDialog } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

/** A pack with a package that throws when it is loaded: whether a real one computes is tried where it is packaged. */
function pack(platform: string): Uint8Array {
  const folder = 'node_modules/@tensorflow/tfjs-node-gpu'
  const files = {
    [`${folder}/package.json`]: '{ "name": "@tensorflow/tfjs-node-gpu", "version": "4.22.0", "main": "index.js" }',
    [`${folder}/index.js`]: 'throw new Error("this is no library")',
    [`${folder}/lib/napi-v8/tfjs_binding.node`]: '',
  }
  const manifest = {
    format: 'made-studio-add-on',
    version: 1,
    addOn: 'tensorflow',
    packageVersion: '4.22.0',
    platform,
    arch: process.arch,
    files: Object.entries(files).map(([name, text]) => ({
      name,
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
  }
  const entries = Object.entries({ [MANIFEST]: JSON.stringify(manifest), ...files })
  return zipSync(Object.fromEntries(entries.map(([name, text]) => [name, strToU8(text)])))
}

describe.skipIf(process.platform === 'darwin')('the add-on pack of TensorFlow in Settings', () => {
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const messages = (): Promise<string[]> => studio.page.getByRole('alert').allInnerTexts()

  beforeAll(async () => {
    studio = await launchStudio()
    await get('rail-settings').click()
  })

  afterAll(async () => {
    await studio.close()
  })

  test('that is of another system is refused in words', async () => {
    await expect.poll(() => get('add-on').innerText()).toContain('CUDA 11.2 and cuDNN 8.1')
    await studio.screenshot('add-on')
    const path = join(studio.home, 'other.zip')
    await writeFile(path, pack('aix'))
    await answerOpenDialog(studio.app, path)
    await get('add-on-choose').click()
    await expect.poll(messages).toEqual([expect.stringContaining('another kind of computer')])
    await expect.poll(() => get('add-on-choose').isEnabled()).toBe(true)
  })

  test('is taken from a file, looked at without a restart, and removed', async () => {
    const path = join(studio.home, 'pack.zip')
    await writeFile(path, pack(process.platform))
    await answerOpenDialog(studio.app, path)
    await get('add-on-choose').click()
    await expect.poll(() => get('add-on').innerText()).toContain('TensorFlow 4.22.0 is installed')
    await expect.poll(() => get('engine-tensorflow').innerText()).toContain('this is no library')
    expect(existsSync(join(studio.home, 'add-ons', 'tensorflow'))).toBe(true)
    await get('add-on-remove').click()
    await expect.poll(() => get('add-on-choose').isVisible()).toBe(true)
    expect(existsSync(join(studio.home, 'add-ons', 'tensorflow'))).toBe(false)
    await expect.poll(() => get('engine-tensorflow').innerText()).not.toContain('this is no library')
  })
})
