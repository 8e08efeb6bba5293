import type { KernelFunctions } from './kernel-functions'

/** An instruction set that the kernels were compiled for. */
export type NativeBuild = 'avx512' | 'avx2' | 'baseline'

declare const handleBrand: unique symbol
/** A model inside the addon. */
export interface NativeHandle {
  readonly [handleBrand]: true
}

/** The native addon. */
export type NativeAddon = KernelFunctions<NativeHandle, NativeBuild>
