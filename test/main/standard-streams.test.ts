import { Console } from 'node:console'
import type { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { mendStandardStreams } from '../../src/main/standard-streams'

const refuse = (): never => {
  throw new Error('open EBADF')
}

it('what is written where there is no standard stream goes nowhere, and ends nothing', () => {
  const program = Object.defineProperties(
    {},
    {
      stdout: { get: refuse, configurable: true },
      stderr: { get: refuse, configurable: true },
    },
  ) as Pick<NodeJS.Process, 'stdout' | 'stderr'>
  expect(() => program.stderr).toThrow('EBADF')
  mendStandardStreams(program)
  new Console(program.stdout, program.stderr).error('something')
  expect((program.stderr as Writable).errored).toBeNull()
})

it('a stream that is there stays as it is', () => {
  const { stdout, stderr } = process
  mendStandardStreams(process)
  expect(process.stdout).toBe(stdout)
  expect(process.stderr).toBe(stderr)
})
