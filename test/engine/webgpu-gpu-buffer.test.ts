import { describe, expect, it } from 'vitest'
import { BUFFER_UNIT, mostBufferBytes, requireBufferSize } from '../../src/engine/webgpu/gpu-buffer'

describe('the largest buffer of a GPU', () => {
  it('is what both limits allow, in whole units: some drivers offer four bytes less than two gigabytes', () => {
    const most = mostBufferBytes({ maxStorageBufferBindingSize: 2 ** 31 - 4, maxBufferSize: 2 ** 32 })
    expect(most).toBe(2 ** 31 - BUFFER_UNIT)
    expect(mostBufferBytes({ maxStorageBufferBindingSize: 2 ** 31 - 4, maxBufferSize: 2 ** 28 })).toBe(2 ** 28)
    expect(() => requireBufferSize(most, { kind: 'rows' }, most)).not.toThrow()
    expect(() => requireBufferSize(most, { kind: 'rows' }, most + 1)).toThrow(
      'The rows would take 2,048 MB in one piece; this GPU allows 2,048 MB.',
    )
  })
})
