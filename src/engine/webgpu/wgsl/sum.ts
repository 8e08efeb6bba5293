/** How the threads of a workgroup add up: the threads of a subgroup at once, where the GPU offers that. */
export type SumMethod = 'subgroups' | 'workgroup-memory'

/** The sum of one number of each thread of a workgroup, as WGSL. */
export interface SumCode {
  /** Before everything else. */
  readonly directives: string
  /** At module scope. */
  readonly declarations: string
  /** Parameters of `main`; `tid` is the number of the thread. */
  readonly parameters: string
  /** The sum, for every thread. To be called by all threads at once, as often as wanted. */
  of(value: string): string
  /** Tells the names of kernels apart. */
  readonly suffix: string
}

/** A subgroup has at least so many threads. */
const LEAST_SUBGROUP = 4

/** @param threads of the workgroup, a power of two and more than one */
export function sumCode(threads: number, method: SumMethod): SumCode {
  switch (method) {
    case 'subgroups':
      return {
        directives: 'enable subgroups;\nrequires subgroup_id;',
        declarations: /* wgsl */ `
var<workgroup> shares: array<f32, ${Math.ceil(threads / LEAST_SUBGROUP)}>;

fn sumOfGroup(value: f32, lane: u32, subgroup: u32, subgroups: u32) -> f32 {
  let sum = subgroupAdd(value);
  if (lane == 0u) { shares[subgroup] = sum; }
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < subgroups; i++) { total += shares[i]; }
  workgroupBarrier();
  return total;
}
`,
        parameters:
          '@builtin(local_invocation_index) tid: u32, @builtin(subgroup_invocation_id) lane: u32, @builtin(subgroup_id) subgroup: u32, @builtin(num_subgroups) subgroups: u32',
        of: (value) => `sumOfGroup(${value}, lane, subgroup, subgroups)`,
        suffix: ', subgroups',
      }
    case 'workgroup-memory':
      return {
        directives: '',
        declarations: /* wgsl */ `
var<workgroup> shares: array<f32, ${threads}>;

fn sumOfGroup(value: f32, tid: u32) -> f32 {
  shares[tid] = value;
  workgroupBarrier();
  for (var half = ${threads / 2}u; half > 0u; half /= 2u) {
    if (tid < half) { shares[tid] += shares[tid + half]; }
    workgroupBarrier();
  }
  let total = shares[0];
  workgroupBarrier();
  return total;
}
`,
        parameters: '@builtin(local_invocation_index) tid: u32',
        of: (value) => `sumOfGroup(${value}, tid)`,
        suffix: '',
      }
  }
}
