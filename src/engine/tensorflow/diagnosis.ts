import { sentenceOf } from '../../base/advice'
import type { Failure } from '../../base/failure'
import type { DeviceInfo } from '../contract'
import { PACKAGE, type PackageFinding } from './package-folder'
import type { ProbeOutcome } from './probe'

/** What a person is told of TensorFlow on this computer. */
export type Diagnosis =
  | { readonly available: true; readonly device: DeviceInfo; readonly note: string | null }
  | { readonly available: false; readonly reason: Failure }

const OTHERS = 'The other engines do not need it.'
/** Whether this is an installed application; otherwise npm has brought it. */
const IS_INSTALLED = import.meta.dirname.includes('app.asar')
const AGAIN = IS_INSTALLED
  ? `Remove the add-on pack in Settings, and add it again. ${OTHERS}`
  : `"npm rebuild ${PACKAGE}" fetches it anew where it was installed with npm. ${OTHERS}`

/** Why there is nothing to load, in words. */
export function packageWords(finding: Exclude<PackageFinding, { kind: 'found' }>): Failure {
  switch (finding.kind) {
    case 'absent':
      return failure(
        'The TensorFlow library is not installed.',
        IS_INSTALLED
          ? `It is an add-on pack of its own, which Settings takes; worth having with an NVIDIA card, CUDA 11.2 and cuDNN 8.1. ${OTHERS}`
          : `"npm rebuild ${PACKAGE}" fetches it (hundreds of megabytes). ${OTHERS}`,
      )
    case 'unsupported':
      return failure(
        `There is no TensorFlow for this kind of computer (${finding.system}).`,
        `It is made for Linux, Windows and macOS. ${OTHERS}`,
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
            device: { kind: 'gpu', name: `${gpuIn(outcome.log)}, TensorFlow ${outcome.version} with CUDA` },
            note: null,
          }
        : {
            available: true,
            device: { kind: 'cpu', name: `${processor}, TensorFlow ${outcome.version}` },
            note: whyNoGpu(outcome.log),
          }
    case 'refused':
      return refusal(outcome.error)
    case 'wrong':
      return unavailable(
        `TensorFlow ${outcome.version} is installed but computes wrong results here, so it is not used.`,
        AGAIN,
      )
    case 'died':
      return unavailable(
        `The TensorFlow library is broken: trying it ended its process (${sentenceOf(outcome.how).english}).`,
        outcome.how === 'SIGILL' ? `It was made for another kind of processor. ${OTHERS}` : AGAIN,
      )
    case 'silent':
      return unavailable(
        `The TensorFlow library did not answer within ${outcome.seconds} s, so it is not used.`,
        `Start MADE Studio again to give it another try. ${OTHERS}`,
      )
  }
}

/** The name of the first GPU as TensorFlow tells it: "device: 0, name: NVIDIA GeForce RTX 3060, pci bus id: …". */
function gpuIn(log: string): string {
  return /\bname: ([^,\n]+)/.exec(log)?.[1].trim() ?? 'NVIDIA GPU'
}

/** TensorFlow says on standard error which of CUDA's libraries it could not load. */
function whyNoGpu(log: string): string {
  const here = 'so TensorFlow computes on the processor.'
  const missing = [...log.matchAll(/Could not load dynamic library '([^']+)'/g)].map(([, name]) => name)
  if (/CUDA driver version is insufficient/.test(log))
    return `NVIDIA acceleration needs a newer driver for the graphics card, ${here}`
  if (
    missing.some((name) => /^(libcuda|nvcuda)\b/.test(name)) ||
    /failed call to cuInit|no CUDA-capable device/.test(log)
  )
    return `No NVIDIA graphics card, or no driver for it, was found, ${here}`
  if (missing.some((name) => /^(lib)?(cuda|cudnn|cublas|cufft|curand|cusolver|cusparse)/.test(name)))
    return `NVIDIA acceleration needs CUDA 11.2 and cuDNN 8.1, which were not found, ${here} A graphics card can still be used through WebGPU, where that engine is available.`
  return `This build of TensorFlow has no NVIDIA acceleration, ${here}`
}

function refusal(error: string): Diagnosis {
  const [line] = error.split('\n')
  const [, library] = /([\w.+-]+): cannot open shared object file/.exec(line) ?? []
  if (library !== undefined && /^lib(cuda|cudart|cudnn|cublas|cufft|curand|cusolver|cusparse|nv)/.test(library))
    return unavailable(
      `NVIDIA acceleration needs CUDA 11.2 and cuDNN 8.1, which were not found (${library} is missing).`,
      'Install them to use it; a graphics card can still be used through WebGPU, where that engine is available.',
    )
  return unavailable(`The TensorFlow library is broken: ${line.replace(/[\s.]+$/, '')}.`, AGAIN)
}

function unavailable(message: string, hint: string): Diagnosis {
  return { available: false, reason: failure(message, hint) }
}

function failure(message: string, hint: string): Failure {
  return { code: 'engine-unavailable', message: sentenceOf(message), hint: sentenceOf(hint) }
}
