/** The part of WebAssembly that is used here; TypeScript declares it for pages only. */
declare namespace WebAssembly {
  function validate(bytes: Uint8Array): boolean

  class Module {
    constructor(bytes: Uint8Array)
    private readonly compiled: true
  }

  class Memory {
    constructor(descriptor: { initial: number; maximum: number; shared: boolean })
    readonly buffer: SharedArrayBuffer
  }

  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>)
    readonly exports: Readonly<Record<string, unknown>>
  }
}
