import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chooseEngine, type EngineFinding } from '../../src/engine/choose'
import { findFastEngines } from '../../src/engine/find'
import { REGISTRY } from '../../src/engine/registry'
import { diagnose, packageWords, type Diagnosis } from '../../src/engine/tensorflow/diagnosis'
import { mayHaveNvidiaDriver } from '../../src/engine/tensorflow/nvidia-driver'
import { findPackage } from '../../src/engine/tensorflow/package-folder'
import { probe, type ProbeOutcome } from '../../src/engine/tensorflow/probe'
import PROGRAM from '../../src/engine/tensorflow/probe-program.cjs?raw'
import { describeTensorFlow } from './found-tensorflow'
import { verbatim } from '../../src/words/say'

const BINDING = join('lib', 'napi-v8', 'tfjs_binding.node')

/** A package that does `program` when it is loaded. */
async function packageThat(program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'made-tensorflow-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, 'index.js'), program)
  return folder
}

/** What a person reads of a package that does `program` when it is loaded. */
async function wordsOf(program: string, timeLimit?: number): Promise<string> {
  return inWords(diagnose(await probe(await packageThat(program), undefined, timeLimit), 'Processor'))
}

function inWords(diagnosis: Diagnosis): string {
  return diagnosis.available
    ? `${diagnosis.device.kind}: ${diagnosis.device.name.english}. ${diagnosis.note?.english ?? ''}`
    : `${diagnosis.reason.message.english} ${diagnosis.reason.hint.english}`
}

/** Of TensorFlow's own output, the lines that tell what it lacks (2.9.1, Linux and Windows). */
const LOGS = {
  cuda: "W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file\nW tensorflow/core/common_runtime/gpu/gpu_device.cc:1850] Cannot dlopen some GPU libraries.",
  cudnn:
    "W dso_loader.cc:64] Could not load dynamic library 'libcudnn.so.8'; dlerror: libcudnn.so.8: cannot open shared object file",
  cudnnOnWindows:
    "W dso_loader.cc:64] Could not load dynamic library 'cudnn64_8.dll'; dlerror: cudnn64_8.dll not found",
  noDriver:
    "W dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: …\nW dso_loader.cc:64] Could not load dynamic library 'libcuda.so.1'; dlerror: …",
  noCard: 'E cuda_driver.cc:271] failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected',
  oldDriver: 'E cuda_runtime: CUDA driver version is insufficient for CUDA runtime version',
  gpu: 'I gpu_device.cc:1532] Created device /job:localhost/replica:0/task:0/device:GPU:0 with 10537 MB memory:  -> device: 0, name: NVIDIA GeForce RTX 3060, pci bus id: 0000:01:00.0, compute capability: 8.6',
} as const

describe('TensorFlow that does not work', () => {
  it('is told from TensorFlow that is not there, or that is not made for the system', async () => {
    const empty = await packageThat('')
    expect(findPackage({ MADE_STUDIO_TENSORFLOW: empty }, 'linux-x64')).toEqual({ kind: 'absent' })
    expect(findPackage({ MADE_STUDIO_TENSORFLOW: join(empty, 'nowhere') }, 'linux-x64')).toEqual({ kind: 'absent' })
    await mkdir(join(empty, 'lib', 'napi-v8'), { recursive: true })
    expect(findPackage({ MADE_STUDIO_TENSORFLOW: empty }, 'linux-x64')).toEqual({ kind: 'absent' })
    await writeFile(join(empty, BINDING), '')
    expect(findPackage({ MADE_STUDIO_TENSORFLOW: empty }, 'linux-x64')).toEqual({ kind: 'found', folder: empty })
    expect(findPackage({ MADE_STUDIO_TENSORFLOW: relative(process.cwd(), empty) }, 'linux-x64')).toEqual({
      kind: 'found',
      folder: empty,
    })
    expect(findPackage({ MADE_STUDIO_TENSORFLOW: empty }, 'linux-riscv64')).toEqual({
      kind: 'unsupported',
      system: 'linux-riscv64',
    })
    expect(packageWords({ kind: 'absent' }).message.english).toBe('The TensorFlow library is not installed.')
    expect(packageWords({ kind: 'unsupported', system: 'win32-arm64' }).message.english).toContain(
      'no TensorFlow for this kind of computer (win32-arm64)',
    )
  })

  it('and takes its process down does not take this one down', async () => {
    expect(await wordsOf('process.abort()')).toMatch(/broken: trying it ended its process \(SIGABRT\)/)
    expect(await wordsOf("process.kill(process.pid, 'SIGSEGV'); for (;;);")).toMatch(/ended its process \(SIGSEGV\)/)
    expect(await wordsOf("process.kill(process.pid, 'SIGILL'); for (;;);")).toMatch(
      /\(SIGILL\).*made for another kind of processor/,
    )
    expect(await wordsOf('process.exit(7)')).toMatch(/ended its process \(exit code 7\)/)
  })

  it('and never answers is not waited for', async () => {
    expect(await wordsOf('for (;;);', 1500)).toMatch(/did not answer within 1.5 s/)
  })

  it('and never answers does not outlive a process that was killed', async () => {
    const folder = await packageThat('for (;;);')
    const child = spawn(process.execPath, ['--eval', PROGRAM, folder, '300'], { stdio: 'ignore' })
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  })

  it('and throws, says nothing or lacks CUDA is explained in one sentence and a hint', async () => {
    expect(await wordsOf("throw new Error('bad image format.\\nat somewhere')")).toMatch(
      /^The TensorFlow library is broken: bad image format\. "npm rebuild/,
    )
    expect(await wordsOf('process.exit(0)')).toMatch(/broken: it ended without a word\./)
    expect(
      await wordsOf("throw new Error('libcudart.so.11.0: cannot open shared object file: No such file or directory')"),
    ).toMatch(
      /^NVIDIA acceleration needs CUDA 11\.2 and cuDNN 8\.1, which were not found \(libcudart\.so\.11\.0 is missing\)\./,
    )
    expect(await wordsOf("throw new Error('libtensorflow.so.2: cannot open shared object file')")).toMatch(
      /library is broken: libtensorflow\.so\.2/,
    )
  })

  it('and computes wrong results is not used', async () => {
    const tensor = (value: number): string => `{ reshape: () => null, dataSync: () => [${value}] }`
    const package_ = (sum: number): string =>
      `module.exports = { backend: () => ({ binding: { TF_Version: '9.9' }, isUsingGpuDevice: false }), range: () => (${tensor(0)}), matMul: () => null, sum: () => (${tensor(sum)}) }`
    expect(await wordsOf(package_(89_439))).toMatch(/TensorFlow 9\.9 is installed but computes wrong results/)
    expect(await wordsOf(package_(89_440))).toMatch(
      /^cpu: Processor, TensorFlow 9\.9\. This build of TensorFlow has no NVIDIA acceleration/,
    )
  })

  it.each<[keyof typeof LOGS, RegExp]>([
    [
      'cuda',
      /^NVIDIA acceleration needs CUDA 11\.2 and cuDNN 8\.1, which were not found, so TensorFlow computes on the processor\..*WebGPU/,
    ],
    ['cudnn', /^NVIDIA acceleration needs CUDA 11\.2 and cuDNN 8\.1/],
    ['cudnnOnWindows', /^NVIDIA acceleration needs CUDA 11\.2 and cuDNN 8\.1/],
    ['noDriver', /^No NVIDIA graphics card, or no driver for it, was found/],
    ['noCard', /^No NVIDIA graphics card/],
    ['oldDriver', /^NVIDIA acceleration needs a newer driver/],
  ])('and finds no GPU says why: %s', (log, words) => {
    const outcome: ProbeOutcome = { kind: 'works', version: '2.9.1', isUsingGpu: false, log: LOGS[log] }
    const diagnosis = diagnose(outcome, 'AMD EPYC')
    expect(diagnosis).toMatchObject({
      available: true,
      device: { kind: 'cpu', name: { english: 'AMD EPYC, TensorFlow 2.9.1' } },
    })
    expect(diagnosis.available && diagnosis.note?.english).toMatch(words)
  })

  it('is no reason to say anything where the GPU is used', () => {
    expect(diagnose({ kind: 'works', version: '2.9.1', isUsingGpu: true, log: LOGS.gpu }, '')).toMatchObject({
      available: true,
      device: { kind: 'gpu', name: { english: 'NVIDIA GeForce RTX 3060, TensorFlow 2.9.1 with CUDA' } },
      note: null,
    })
  })

  it('is not tried for the automatic choice where no NVIDIA driver is', async () => {
    const there =
      (...paths: string[]) =>
      (path: string): boolean =>
        paths.includes(path)
    expect(mayHaveNvidiaDriver('linux', there())).toBe(false)
    expect(mayHaveNvidiaDriver('linux', there('/proc/driver/nvidia'))).toBe(true)
    expect(mayHaveNvidiaDriver('linux', there('/dev/dxg'))).toBe(true)
    expect(mayHaveNvidiaDriver('win32', (path) => /Windows\\System32\\nvcuda\.dll$/.test(path))).toBe(true)
    expect(mayHaveNvidiaDriver('win32', there())).toBe(false)
    expect(mayHaveNvidiaDriver('darwin', () => true)).toBe(false)

    const reason = { code: 'engine-unavailable', message: verbatim('None.'), hint: verbatim('None.') } as const
    const noGpu = (): Promise<EngineFinding> =>
      Promise.resolve({ id: 'webgpu', available: false, device: null, reason })
    const ids = async (mayHaveCuda: boolean): Promise<string[]> =>
      (
        await findFastEngines(
          {},
          {
            ...REGISTRY,
            webgpu: { find: noGpu, mayBeWorthFinding: () => true },
            tensorflow: { ...REGISTRY.tensorflow, mayBeWorthFinding: () => mayHaveCuda },
          },
        )
      ).map(({ id }) => id)
    expect(await ids(false)).toEqual(['cpu', 'webgpu'])
    expect(await ids(true)).toEqual(['cpu', 'webgpu', 'tensorflow'])
  })

  it('is refused with its reason when it is chosen', () => {
    const reason = packageWords({ kind: 'absent' })
    expect(() => chooseEngine([{ id: 'tensorflow', available: false, device: null, reason }], 'tensorflow')).toThrow(
      'The engine "tensorflow" cannot be used on this computer.',
    )
  })
})

describeTensorFlow('a real TensorFlow', (folder) => {
  it('works, and says that it has no GPU', async () => {
    const outcome = await probe(folder)
    expect(outcome).toMatchObject({ kind: 'works', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
    if (outcome.kind === 'works' && !outcome.isUsingGpu)
      expect(inWords(diagnose(outcome, 'Processor'))).toMatch(
        /^cpu: Processor, TensorFlow [\d.]+\. .*so TensorFlow computes on the processor\./,
      )
  })

  it('whose binding is cut off, or whose library is gone, is broken in words', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'made-tensorflow-'))
    onTestFinished(() => rm(copy, { recursive: true, force: true }))
    // Beside the project's packages, so that the package finds its dependencies.
    await symlink(join(import.meta.dirname, '..', '..', 'node_modules'), join(copy, 'node_modules'))
    const broken = join(copy, 'package')
    await mkdir(join(broken, 'lib', 'napi-v8'), { recursive: true })
    await cp(join(folder, 'package.json'), join(broken, 'package.json'))
    await cp(join(folder, 'dist'), join(broken, 'dist'), { recursive: true })
    await cp(join(folder, BINDING), join(broken, BINDING), { dereference: true })
    const [withoutLibrary, withoutEnd] = [
      await probe(broken),
      await truncate(join(broken, BINDING), 1000).then(() => probe(broken)),
    ]
    expect(inWords(diagnose(withoutLibrary, ''))).toMatch(
      /^The TensorFlow library is broken: .*tensorflow.*\. "npm rebuild/,
    )
    // A file that ends too early is refused, or ends the process with a bus error.
    expect(inWords(diagnose(withoutEnd, ''))).toMatch(
      /^The TensorFlow library is broken: .*(file too short|\(SIGBUS\))\. "npm rebuild/,
    )
  })
})
