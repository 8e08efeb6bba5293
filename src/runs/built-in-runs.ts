import { StudioError } from '../base/failure'
import { say } from '../words/say'
import type { RunFolder } from './run-folder'
import { Runs } from './runs'

/** The runs that come with the application: they are read, and stay as they are. */
export class BuiltInRuns extends Runs {
  /** @throws StudioError 'not-writable' */
  override changing<T>(_id: string, _work: (folder: RunFolder) => Promise<T>): Promise<T> {
    return Promise.reject(new StudioError('not-writable', say('run.built-in'), say('run.built-in.hint')))
  }
}
