import fsPromises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { createInterface } from 'node:readline'
import { failureOf } from '../../src/base/failure'
import { RunFolder } from '../../src/runs/run-folder'

/**
 * A process of its own that takes and gives back the lock of run folders, one command a line on stdin, one answer a line
 * on stdout. `DIE_AT=n` ends it by SIGKILL just before its n-th call of the file system.
 */

let folder = new RunFolder('')
let lock: { release(): Promise<void> } | null = null

const answers: Readonly<Record<string, (argument: string) => Promise<string>>> = {
  async take(path) {
    folder = new RunFolder(path)
    lock = await folder.lock()
    return 'won'
  },
  async release() {
    await lock?.release()
    return 'released'
  },
  async write(epoch) {
    const number = Number(epoch)
    const losses = { trainNll: 1, validNll: 1, isBest: false, seconds: 1 }
    await folder.appendMetrics([{ type: 'epoch', epoch: number, update: number, ...losses }])
    return 'written'
  },
  held: async (path) => String(await new RunFolder(path).isHeld()),
}

if (process.env['DIE_AT'] !== undefined) dieAt(Number(process.env['DIE_AT']))
console.log('ready')
for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument = ''] = line.split(/ (.*)/s)
  console.log(await answers[command](argument).catch((error: unknown) => `refused ${JSON.stringify(failureOf(error))}`))
}
process.exit(0)

function dieAt(last: number): void {
  let calls = 0
  for (const [name, value] of Object.entries(fsPromises)) {
    if (typeof value !== 'function') continue
    const call = value as (...given: unknown[]) => unknown
    const counted = (...given: unknown[]): unknown => {
      if (++calls >= last) process.kill(process.pid, 'SIGKILL')
      return call(...given)
    }
    Object.assign(fsPromises, { [name]: counted })
  }
  syncBuiltinESMExports()
}
