import { rm } from 'node:fs/promises'
import { StudioError } from '../base/failure'
import { addOnFolder } from '../engine/tensorflow/add-on-folder'
import { forgetTensorFlow } from '../engine/tensorflow/find-tensorflow'
import { loadedFolder } from '../engine/tensorflow/library'
import { isPackedFor } from '../engine/tensorflow/package-folder'
import type { AddOnState } from '../shared/add-on'
import { say } from '../words/say'
import { installedAddOn, unpackAddOn } from './add-on-pack'

/** The add-on pack of TensorFlow: added, removed, and then looked for anew. */
export class TensorFlowAddOn {
  constructor(private readonly folder = addOnFolder()) {}

  async state(): Promise<AddOnState> {
    return { installed: await installedAddOn(this.folder), isSupported: isPackedFor() }
  }

  /** @throws StudioError as `unpackAddOn`, 'busy' while the one that is there is in use */
  async add(path: string): Promise<AddOnState> {
    this.requireUnused()
    await unpackAddOn(path, this.folder)
    forgetTensorFlow()
    return this.state()
  }

  /** @throws StudioError 'busy' while it is in use, 'not-writable' */
  async remove(): Promise<AddOnState> {
    this.requireUnused()
    try {
      await rm(this.folder, { recursive: true, force: true })
    } catch (cause) {
      throw new StudioError(
        'not-writable',
        say('compute.add-on.not-removed'),
        say('compute.add-on.not-removed.hint', { folder: this.folder }),
        { cause },
      )
    }
    forgetTensorFlow()
    return this.state()
  }

  /** A library that this process has loaded stays in its memory, and on Windows its files cannot go. */
  private requireUnused(): void {
    if (loadedFolder()?.startsWith(this.folder))
      throw new StudioError('busy', say('compute.add-on.in-use'), say('compute.add-on.in-use.hint'))
  }
}
