import { parameterTensors, tensorOf, type ModelSpec, type Tensors } from '../../made/spec'
import type { Connection } from './connection'
import { tensorKey } from './protocol'

/** Numbers in a piece: 8 MB. */
export const PIECE = 2 ** 21

/** The arrays of one call, sent ahead of it in pieces. */
export class Parcel {
  readonly number: number

  constructor(private readonly connection: Connection) {
    this.number = connection.nextParcel()
  }

  /** Sends an array; an empty one too, so that it is there. @throws StudioError 'process-lost' */
  async put(key: string, values: Float32Array | Uint32Array): Promise<void> {
    let offset = 0
    do {
      // A copy: of a part of an array the whole would be sent.
      const piece = {
        parcel: this.number,
        key,
        length: values.length,
        offset,
        values: values.slice(offset, offset + PIECE),
      }
      await this.connection.call('put', piece)
      offset += PIECE
    } while (offset < values.length)
  }

  /** Sends the parameters (slot null) or a slot of all of them. @throws StudioError 'process-lost' */
  async putTensors(spec: ModelSpec, slot: string | null, tensors: Tensors): Promise<void> {
    for (const { name } of parameterTensors(spec)) await this.put(tensorKey(slot, name), tensorOf(tensors, name))
  }
}
