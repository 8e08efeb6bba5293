import type { GpuDevice } from '../src/engine/webgpu/gpu-device'
import { defineKernel, writes } from '../src/engine/webgpu/kernel'
import { Recorder } from '../src/engine/webgpu/recorder'
import { BUFFER_USAGE } from '../src/engine/webgpu/usage'
import type { MachineLimits } from './limits'

/** Work is doubled until it takes so long; then the best of several times counts. */
const LEAST_MS = 60
const TIMES = 5
/** Many to each multiprocessor of the largest GPU, so that the last of them do not count. */
const GROUPS = 8192
const THREADS = 256
/** Multiply-adds of a thread in one round of the loop: eight vectors of four. */
const ADDS = 32
const MOST_BYTES = 2 ** 30
/** From so many helpings on it is not the work that is short, but the clock. */
const MOST_HELPINGS = 2 ** 14

const peak = defineKernel(
  'peak',
  { rounds: 'u32', factor: 'f32' },
  { to: writes('vec4f') },
  /* wgsl */ `
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  ${Array.from({ length: 8 }, (_, i) => `var s${i} = vec4f(f32(id.x + ${i}u));`).join('\n  ')}
  let a = vec4f(d.factor);
  for (var r = 0u; r < d.rounds; r++) {
    ${Array.from({ length: 8 }, (_, i) => `s${i} = fma(s${i}, a, a);`).join('\n    ')}
  }
  to[id.x] = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
}
`,
)

const stream = defineKernel(
  'stream',
  { length: 'u32' },
  { to: writes('vec4f') },
  /* wgsl */ `
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var i = id.x; i < d.length; i += groups.x * ${THREADS}u) { to[i] = to[i] + vec4f(1.0); }
}
`,
)

/** Measures a GPU through WebGPU: fused multiply-adds in registers, and a buffer read and written. */
export async function measureGpu(gpu: GpuDevice): Promise<MachineLimits> {
  const recorder = new Recorder(gpu)
  const small = gpu.createBuffer('peak', 16 * GROUPS * THREADS, BUFFER_USAGE.storage)
  const peakMs = await growing(gpu, recorder, (times) =>
    recorder.add(peak, { to: small }, { rounds: 64 * times, factor: 0.5 }, [GROUPS], 0),
  )
  // A software adapter would take long to fill a large buffer.
  const isSlow = peakMs.times < 16
  const bytes = Math.min(isSlow ? 2 ** 24 : MOST_BYTES, gpu.mostBytes)
  const large = gpu.createBuffer('stream', bytes, BUFFER_USAGE.storage)
  const streamMs = await growing(gpu, recorder, (times) => {
    for (let i = 0; i < times; i++) recorder.add(stream, { to: large }, { length: bytes / 16 }, [16_384], 0)
  })
  recorder.close()
  small.buffer.destroy()
  large.buffer.destroy()
  return {
    peakGflops: (2 * ADDS * 64 * peakMs.times * GROUPS * THREADS) / peakMs.ms / 1e6,
    gigabytesPerSecond: (2 * bytes * streamMs.times) / streamMs.ms / 1e6,
    barrierMicroseconds: null,
  }
}

/** Times more and more work, until it is long enough to be timed. */
async function growing(
  gpu: GpuDevice,
  recorder: Recorder,
  add: (times: number) => void,
): Promise<{ readonly times: number; readonly ms: number }> {
  const once = async (times: number): Promise<number> => {
    add(times)
    const began = performance.now()
    recorder.submit()
    await gpu.idle()
    return performance.now() - began
  }
  await once(1)
  let times = 1
  while ((await once(times)) < LEAST_MS && times < MOST_HELPINGS) times *= 2
  let ms = Infinity
  for (let i = 0; i < TIMES; i++) ms = Math.min(ms, await once(times))
  return { times, ms }
}
