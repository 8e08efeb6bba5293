import { Writable } from 'node:stream'

/**
 * Where a program with a window has no standard streams that can be used, as may be on Windows, merely to look at one throws:
 * so would every `console.error`, and the handler of an exception would end the application. What is written goes nowhere then.
 */
export function mendStandardStreams(program: Pick<NodeJS.Process, 'stdout' | 'stderr'>): void {
  for (const name of ['stdout', 'stderr'] as const) {
    try {
      void program[name]
    } catch {
      const value = new Writable({ write: (_part, _encoding, done) => done() })
      Object.defineProperty(program, name, { value, configurable: true, enumerable: true })
    }
  }
}

// Imported before all else, since what is imported later may write when it is loaded.
mendStandardStreams(process)
