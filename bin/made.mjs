#!/usr/bin/env node
/** The command `made`. In a checkout it first brings up to date what it is made from, talking on standard error only. */
import { existsSync } from 'node:fs'
import { constants } from 'node:os'

// Until the command itself answers signals, they end the process: as the first one of a container too, where those that
// nobody listens to are lost.
/** @type {readonly NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
for (const signal of signals)
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal])
  })

if (existsSync(new URL('../src/cli', import.meta.url))) {
  const { setUpCommandLine } = await import('../scripts/setup/command-line.mjs')
  if (!(await setUpCommandLine())) process.exit(1)
}
await import(new URL('../out/cli/made.js', import.meta.url).href)
