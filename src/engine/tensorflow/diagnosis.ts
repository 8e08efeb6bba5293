import { inTurn } from '../../base/advice'
import type { Failure } from '../../base/failure'
import { say, verbatim, type Sentence } from '../../words/say'
import type { DeviceInfo } from '../contract'
import { processorName } from '../cpu/cpu-engine'
import { PACKAGE, type PackageFinding } from './package-folder'
import type { ProbeOutcome } from './probe'

/** What a person is told of TensorFlow on this computer. */
export type Diagnosis =
  | { readonly available: true; readonly device: DeviceInfo; readonly note: Sentence | null }
  | { readonly available: false; readonly reason: Failure }

/** Whether this is an installed application; otherwise npm has brought it. */
const IS_INSTALLED = import.meta.dirname.includes('app.asar')

/** What helps where the library is there and does not work. */
function again(): Sentence {
  return othersWork(
    IS_INSTALLED
      ? say('engine.tensorflow.again.installed')
      : say('engine.tensorflow.again.checkout', { package: PACKAGE }),
  )
}

/** A hint, and that nothing else depends on it. */
function othersWork(hint: Sentence): Sentence {
  return inTurn(hint, say('engine.tensorflow.others'))
}

/** Why there is nothing to load, in words. */
export function packageWords(finding: Exclude<PackageFinding, { kind: 'found' }>): Failure {
  switch (finding.kind) {
    case 'absent':
      return failure(
        say('engine.tensorflow.absent'),
        othersWork(
          IS_INSTALLED
            ? say('engine.tensorflow.absent.installed')
            : say('engine.tensorflow.absent.checkout', { package: PACKAGE }),
        ),
      )
    case 'unsupported':
      return failure(
        say('engine.tensorflow.unsupported', { system: finding.system }),
        othersWork(say('engine.tensorflow.unsupported.hint')),
      )
  }
}

/** What came of trying the library, in words. */
export function diagnose(outcome: ProbeOutcome, processor: string): Diagnosis {
  switch (outcome.kind) {
    case 'works':
      return outcome.isUsingGpu
        ? {
            available: true,
            device: {
              kind: 'gpu',
              name: say('engine.tensorflow.gpu', { gpu: gpuIn(outcome.log), version: versionOf(outcome) }),
            },
            note: null,
          }
        : {
            available: true,
            device: {
              kind: 'cpu',
              name: say('engine.tensorflow.cpu', { processor: processorName(processor), version: versionOf(outcome) }),
            },
            note: whyNoGpu(outcome.log),
          }
    case 'refused':
      return refusal(outcome.error)
    case 'wrong':
      return unavailable(say('engine.tensorflow.wrong', { version: versionOf(outcome) }), again())
    case 'died':
      return unavailable(
        typeof outcome.how === 'number'
          ? say('engine.tensorflow.died.code', { code: outcome.how })
          : say('engine.tensorflow.died', { how: outcome.how }),
        outcome.how === 'SIGILL' ? othersWork(say('engine.tensorflow.died.other-processor')) : again(),
      )
    case 'silent':
      return unavailable(
        say('engine.tensorflow.silent', { seconds: outcome.seconds }),
        othersWork(say('engine.tensorflow.silent.hint')),
      )
  }
}

/** The name of the first GPU as TensorFlow tells it: "device: 0, name: NVIDIA GeForce RTX 3060, pci bus id: …". */
function gpuIn(log: string): Sentence {
  const name = /\bname: ([^,\n]+)/.exec(log)?.[1].trim()
  return name === undefined ? say('engine.tensorflow.nvidia-gpu') : verbatim(name)
}

function versionOf({ version }: { readonly version: string | null }): Sentence {
  return version === null ? say('engine.tensorflow.unknown-version') : verbatim(version)
}

/** TensorFlow says on standard error which of CUDA's libraries it could not load. */
function whyNoGpu(log: string): Sentence {
  const missing = [...log.matchAll(/Could not load dynamic library '([^']+)'/g)].map(([, name]) => name)
  if (/CUDA driver version is insufficient/.test(log)) return say('engine.tensorflow.no-gpu.old-driver')
  if (
    missing.some((name) => /^(libcuda|nvcuda)\b/.test(name)) ||
    /failed call to cuInit|no CUDA-capable device/.test(log)
  )
    return say('engine.tensorflow.no-gpu.no-card')
  if (missing.some((name) => /^(lib)?(cuda|cudnn|cublas|cufft|curand|cusolver|cusparse)/.test(name)))
    return say('engine.tensorflow.no-gpu.no-cuda')
  return say('engine.tensorflow.no-gpu.not-built')
}

function refusal(error: string | null): Diagnosis {
  if (error === null) return unavailable(say('engine.tensorflow.broken.silent'), again())
  const [line] = error.split('\n')
  const [, library] = /([\w.+-]+): cannot open shared object file/.exec(line) ?? []
  if (library !== undefined && /^lib(cuda|cudart|cudnn|cublas|cufft|curand|cusolver|cusparse|nv)/.test(library))
    return unavailable(
      say('engine.tensorflow.library-missing', { library }),
      say('engine.tensorflow.library-missing.hint'),
    )
  return unavailable(say('engine.tensorflow.broken', { why: line.replace(/[\s.]+$/, '') }), again())
}

function unavailable(message: Sentence, hint: Sentence): Diagnosis {
  return { available: false, reason: failure(message, hint) }
}

function failure(message: Sentence, hint: Sentence): Failure {
  return { code: 'engine-unavailable', message, hint }
}
