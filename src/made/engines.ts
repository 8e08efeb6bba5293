import { say, type Sentence } from '../words/say'

/** What a person reads about an engine. */
export interface EngineWords {
  /** The same in every language. */
  readonly name: string
  /** One line: what computes. */
  readonly text: Sentence
}

/**
 * Every engine that there is, in the order in which they are offered: the one list, from which their ids, the words of
 * settings files and command lines, and the choices in the window follow. How each is found says `src/engine/registry.ts`.
 */
export const ENGINES = {
  cpu: { name: 'CPU', text: say('model.engine.cpu') },
  webgpu: { name: 'WebGPU', text: say('model.engine.webgpu') },
  tensorflow: { name: 'TensorFlow', text: say('model.engine.tensorflow') },
} as const satisfies Readonly<Record<string, EngineWords>>

export type EngineId = keyof typeof ENGINES
export const ENGINE_IDS = Object.keys(ENGINES) as readonly EngineId[]

/** An engine by its id, or the one that suits the work. */
export type EngineChoice = 'auto' | EngineId
export const ENGINE_CHOICES: readonly EngineChoice[] = ['auto', ...ENGINE_IDS]
