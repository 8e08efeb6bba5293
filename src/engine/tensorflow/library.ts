import { createRequire } from 'node:module'
import util from 'node:util'
import type { Rank, Tensor, Tensor2D, TensorContainer } from '@tensorflow/tfjs-node-gpu'
import { threadsFor } from '../processor-use'
import { librarySearchPath } from './package-folder'

export type { Rank, Tensor, Tensor2D }

/** The package `@tensorflow/tfjs-node-gpu`, loaded. */
export type TensorFlow = typeof import('@tensorflow/tfjs-node-gpu')

let loaded: { readonly folder: string; readonly tf: TensorFlow } | null = null

/**
 * Loads the package into this process, once. Only a folder that the probe found sound is loaded: a bad native library
 * takes its process down.
 * @param folder of the package
 * @param threads that compute where it computes on the processor
 */
export function loadTensorFlow(folder: string, threads = threadsFor({})): TensorFlow {
  if (loaded?.folder === folder) return loaded.tf
  // Errors are printed, not every warning.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(threads)
  Object.assign(process.env, librarySearchPath(folder))
  supplyRemovedFunctions()
  const tf = createRequire(import.meta.url)(folder) as TensorFlow
  loaded = { folder, tf }
  return tf
}

/** The folder of the library that this process has loaded, which it keeps until it ends; null if it has none. */
export function loadedFolder(): string | null {
  return loaded?.folder ?? null
}

/** Does work in one go and gives back every tensor that it made, but those in its result. */
export function tidy<T extends object>(tf: TensorFlow, work: () => T): T {
  return tf.tidy(work as () => TensorContainer) as T
}

/** Gives back every tensor in an object, however deep. */
export function disposeAll(tf: TensorFlow, tensors: object): void {
  tf.dispose(tensors as TensorContainer)
}

/** The package calls a function that Node.js 23 and newer no longer have. */
function supplyRemovedFunctions(): void {
  const functions: { isNullOrUndefined?: (value: unknown) => boolean } = util
  functions.isNullOrUndefined ??= (value) => value === null || value === undefined
}
