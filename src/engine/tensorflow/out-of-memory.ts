import { StudioError } from '../../base/failure'
import { say } from '../../words/say'

/** What TensorFlow's own words for it have in common, on the processor and on the GPU. */
const OUT_OF_MEMORY = /OOM when allocating|RESOURCE_EXHAUSTED|failed to allocate memory/i

/**
 * Does work of TensorFlow's.
 * @throws StudioError 'too-large' where the memory of the device does not suffice; what is on it stays as it was.
 */
export async function withinMemory<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof Error) || !OUT_OF_MEMORY.test(cause.message)) throw cause
    throw new StudioError(
      'too-large',
      say('engine.tensorflow.out-of-memory'),
      say('engine.tensorflow.out-of-memory.hint'),
      { cause },
    )
  }
}
