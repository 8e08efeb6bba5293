import { CPU_BUILDS, type ProcessorUse } from '../engine/processor-use'
import { ENGINE_CHOICES, type EngineChoice } from '../made/engines'
import { say } from '../words/say'
import { oneOf, UsageError, wholeWithin } from './usage'

const MOST_THREADS = 1024

/** The options by which a command is told what computes, as typed. */
export interface EngineOptions {
  readonly engine?: string
  readonly threads?: string
  readonly kernels?: string
}

/** What is to compute; undefined where nothing is said. Only `cpu` has several builds of its kernels. @throws UsageError */
export function engineChoiceOf({ engine, kernels }: EngineOptions): EngineChoice | undefined {
  const choice = engine === undefined ? undefined : oneOf('--engine', engine, ENGINE_CHOICES)
  if (kernels === undefined) return choice
  if (choice === undefined || choice === 'auto' || choice === 'cpu') return 'cpu'
  throw new UsageError(say('cli.value.kernels', { engine: choice }), say('cli.value.kernels.hint'))
}

/** How the processor is used. @throws UsageError */
export function processorUseOf({ threads, kernels }: EngineOptions): ProcessorUse {
  const count = threads === undefined ? undefined : wholeWithin('--threads', threads, 1, MOST_THREADS)
  return { threads: count, build: kernels === undefined ? undefined : oneOf('--kernels', kernels, CPU_BUILDS) }
}
