import type { GpuBuffer } from './gpu-device'
import { RecordLayout, type RecordValues } from './record'

/** A storage buffer that a kernel sees: its WGSL element type, and whether it writes to it. */
export interface Binding {
  readonly type: string
  readonly access: 'read' | 'read_write'
}

type FieldsOf = ConstructorParameters<typeof RecordLayout>[0]

/** A compute shader with what it is given: one record of numbers (`d` in WGSL) and storage buffers by name. */
export interface Kernel<F extends FieldsOf = FieldsOf, B extends string = string> {
  /** Tells kernels apart: equal names mean equal code and constants. */
  readonly name: string
  readonly record: RecordLayout<F>
  readonly bindings: Readonly<Record<B, Binding>>
  /** The names of the bindings, in order. */
  readonly names: readonly string[]
  /** WGSL after the declarations of the record and of the bindings; its entry point is `main`. */
  readonly body: string
  /** Values of the `override` constants of the body. */
  readonly constants: Readonly<Record<string, number>>
}

/** The values of a kernel's record. */
export type ValuesOf<K> = K extends { readonly record: RecordLayout<infer F> } ? RecordValues<F> : never

/** The buffers of a kernel, by name. */
export type BuffersOf<K> = K extends { readonly bindings: Readonly<Record<infer B extends string, Binding>> } ? Readonly<Record<B, GpuBuffer>> : never

/** Puts a kernel together. */
export function defineKernel<F extends FieldsOf, B extends string>(
  name: string,
  fields: F,
  bindings: Readonly<Record<B, Binding>>,
  body: string,
  constants: Readonly<Record<string, number>> = {},
): Kernel<F, B> {
  const suffix = Object.entries(constants).map(([key, value]) => ` ${key}=${value}`)
  return { name: name + suffix.join(''), record: new RecordLayout(fields), bindings, names: Object.keys(bindings), body, constants }
}

/** The whole WGSL of a kernel. Binding 0 is the record, the buffers follow in their order. */
export function kernelCode({ record, bindings, body }: Kernel): string {
  const buffers = Object.entries<Binding>(bindings).map(
    ([name, { type, access }], i) => `@group(0) @binding(${i + 1}) var<storage, ${access}> ${name}: array<${type}>;`,
  )
  return [record.wgsl, '@group(0) @binding(0) var<uniform> d: Dispatch;', ...buffers, body].join('\n')
}

export const reads = (type: string): Binding => ({ type, access: 'read' })
export const writes = (type: string): Binding => ({ type, access: 'read_write' })
