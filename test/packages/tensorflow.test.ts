import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findTensorFlow } from '../../scripts/setup/tensorflow.mjs'
import { inProject } from '../../scripts/setup/project.mjs'
import { unpackAddOn } from '../../src/compute/add-on-pack'
import { appFolder, artefact, runProgram, temporary } from './artefacts'
import { answerTo, openInstalled } from './window'
import type { Sentence } from '../../src/words/say'

const app = appFolder('linux-x64', 'linux-unpacked')
const library = findTensorFlow()
if (app === null || library === null)
  console.log(
    'SKIPPED: the add-on pack of TensorFlow, in the packaged application on Linux x64; "npm test" fetches one.',
  )

interface Listed {
  readonly id: string
  readonly available: boolean
  readonly reason: { readonly hint: Sentence } | null
  readonly device: { readonly name: Sentence } | null
}

test.skipIf(app === null || library === null)(
  'the packaged application takes a pack of TensorFlow, computes with it, and lets go of it',
  async () => {
    const made = runProgram(process.execPath, [inProject('scripts', 'package', 'tensorflow-pack.mjs'), library ?? ''])
    expect(made.status, made.stderr).toBe(0)
    const pack = artefact(`${process.platform}-${process.arch}.zip`)
    const home = temporary()
    const window = await openInstalled(join(app ?? '', 'made-studio'), home)
    const tensorflow = async (): Promise<Listed | undefined> =>
      (await answerTo<Listed[]>(window.page, 'engines.list')).find(({ id }) => id === 'tensorflow')
    try {
      expect(await tensorflow()).toMatchObject({ available: false })
      expect((await tensorflow())?.reason?.hint.english).toContain('add-on pack')
      expect(await answerTo(window.page, 'addOn.state')).toEqual({ installed: null, isSupported: true })
    } finally {
      await window.close()
    }
    // As the application does it with what the dialog of the system gives.
    const folder = join(home, 'add-ons', 'tensorflow')
    expect(await unpackAddOn(pack ?? '', folder)).toBe('4.22.0')
    const again = await openInstalled(join(app ?? '', 'made-studio'), home)
    try {
      const listed = (await answerTo<Listed[]>(again.page, 'engines.list')).find(({ id }) => id === 'tensorflow')
      expect(listed).toMatchObject({ available: true })
      expect(listed?.device?.name.english).toContain('TensorFlow')
      expect(await answerTo(again.page, 'addOn.state')).toMatchObject({ installed: '4.22.0' })
    } finally {
      await again.close()
    }
    const run = join(home, 'run')
    const args = ['train', '--data', 'synthetic:bars-and-stripes', '--epochs', '1', '--engine', 'tensorflow']
    const trained = runProgram(join(app ?? '', 'bin', 'made'), [...args, '--out', run], { MADE_STUDIO_HOME: home })
    expect(trained.status, trained.stderr).toBe(0)
    expect(readFileSync(join(run, 'run.json'), 'utf8')).toContain('"id": "tensorflow"')
    const last = await openInstalled(join(app ?? '', 'made-studio'), home)
    try {
      expect(await answerTo(last.page, 'addOn.remove')).toMatchObject({ installed: null })
    } finally {
      await last.close()
    }
    expect(existsSync(folder)).toBe(false)
  },
)
