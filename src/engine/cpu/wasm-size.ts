import { largest } from '../../base/extremes'

const FLOAT = 4
/** Layers are laid out in whole vectors of any instruction set, with some rows to spare (native/model.cpp). */
const PADDING = 64
const SPARE_ROWS = 16

const padded = (units: number): number => Math.ceil(units / PADDING) * PADDING

/**
 * Bytes that a model takes inside the kernels, with its optimizer's state and the copy of one tensor on its way in or
 * out.
 * @param shape inputs, activation, direct, conditioning, hidden layers
 * @param slots tensors of state per parameter
 */
export function modelBytes(shape: Int32Array, slots: number): number {
  const [inputs, , direct, conditioning] = shape
  const groups = [inputs, ...shape.subarray(4), inputs]
  const matrix = (from: number, to: number): number => (from + SPARE_ROWS) * padded(to) * FLOAT
  let stored = direct * matrix(inputs, inputs)
  let most = stored
  let resorted = 0
  for (let l = 1; l < groups.length; l++) {
    const bytes = matrix(groups[l - 1], groups[l])
    stored += bytes * (1 + conditioning)
    most = Math.max(most, bytes)
    // Under another connectivity the weights of all layers but the first are put in its order.
    if (l > 1) resorted += bytes
  }
  // Scoring may take a copy in another layout.
  return stored * (2 + slots) + resorted + 2 * most
}

/** Bytes of the buffers for a minibatch of so many rows. */
export function minibatchBytes(shape: Int32Array, rows: number): number {
  const [inputs] = shape
  const units = [...shape.subarray(4), inputs].reduce((sum, n) => sum + padded(n) + PADDING, 0)
  const widest = Math.max(inputs, largest(shape.subarray(4))) + PADDING
  return (3 * units + inputs + widest) * (rows + SPARE_ROWS) * FLOAT
}
