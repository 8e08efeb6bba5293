import { cpus } from 'node:os'
import { CpuEngine } from './cpu/cpu-engine'
import type { EngineFinding } from './choose'

/** Looks for every engine on this computer, the preferred first. */
export async function findEngines(): Promise<EngineFinding[]> {
  return [
    { id: 'cpu', available: true, engine: new CpuEngine(cpus()[0]?.model ?? '') },
    {
      id: 'webgpu',
      available: false,
      device: null,
      reason: {
        code: 'engine-unavailable',
        message: 'This version of MADE Studio does not compute on the GPU through WebGPU.',
        hint: 'The cpu engine is used instead.',
      },
    },
    {
      id: 'tensorflow',
      available: false,
      device: null,
      reason: {
        code: 'engine-unavailable',
        message: 'This version of MADE Studio does not compute with TensorFlow.',
        hint: 'The cpu engine is used instead.',
      },
    },
  ]
}
