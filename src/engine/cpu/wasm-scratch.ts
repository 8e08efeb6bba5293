import type { WasmMachine } from './wasm-machine'

/** Memory of the kernels for what goes in and out with one call. */
export class WasmScratch {
  private readonly addresses: number[] = []

  constructor(private readonly machine: WasmMachine) {}

  /** @returns the address of so many bytes */
  allocate(bytes: number): number {
    const address = this.machine.call('take', bytes) >>> 0
    this.addresses.push(address)
    return address
  }

  /** @returns the address of a copy */
  put(numbers: Uint32Array | Int32Array | Float32Array | Float64Array): number {
    const address = this.allocate(numbers.byteLength)
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
    new Uint8Array(this.machine.buffer, address, numbers.byteLength).set(bytes)
    return address
  }

  /** After a failure the whole machine is given up instead. */
  giveBack(): void {
    for (const address of this.addresses) this.machine.call('give', address)
    this.addresses.length = 0
  }
}
