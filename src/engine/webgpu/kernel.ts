import type { GpuBuffer } from './gpu-buffer'
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
  /** WGSL that goes before everything else: the extensions that the body needs. */
  readonly directives: string
}

/**
 * The fields of a kernel that goes strip by strip: a strip is the least part of its work, such as a row, and is numbered by
 * the workgroups in y. `EACH_STRIP` is the head of its loop.
 */
export const STRIP_FIELDS = { firstStrip: 'u32', endStrip: 'u32' } as const
export const EACH_STRIP = 'for (var strip = d.firstStrip + group.y; strip < d.endStrip; strip += groups.y)'

/** The values of a kernel's record. */
export type ValuesOf<K> = K extends { readonly record: RecordLayout<infer F> } ? RecordValues<F> : never

/** The buffers of a kernel, by name. */
export type BuffersOf<K> = K extends { readonly bindings: Readonly<Record<infer B extends string, Binding>> }
  ? Readonly<Record<B, GpuBuffer>>
  : never

/** Puts a kernel together. */
export function defineKernel<F extends FieldsOf, B extends string>(
  name: string,
  fields: F,
  bindings: Readonly<Record<B, Binding>>,
  body: string,
  constants: Readonly<Record<string, number>> = {},
  directives = '',
): Kernel<F, B> {
  const suffix = Object.entries(constants).map(([key, value]) => ` ${key}=${value}`)
  return {
    name: name + suffix.join(''),
    record: new RecordLayout(fields),
    bindings,
    names: Object.keys(bindings),
    body,
    constants,
    directives,
  }
}

/** The whole WGSL of a kernel. Binding 0 is the record, the buffers follow in their order. */
export function kernelCode({ record, bindings, body, directives }: Kernel): string {
  const buffers = Object.entries<Binding>(bindings).map(
    ([name, { type, access }], i) => `@group(0) @binding(${i + 1}) var<storage, ${access}> ${name}: array<${type}>;`,
  )
  return [directives, record.wgsl, '@group(0) @binding(0) var<uniform> d: Dispatch;', ...buffers, body].join('\n')
}

export const reads = (type: string): Binding => ({ type, access: 'read' })
export const writes = (type: string): Binding => ({ type, access: 'read_write' })
