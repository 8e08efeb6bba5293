#!/usr/bin/env node
/** The command `made`. In a checkout it first brings up to date what it is made from, talking on standard error only. */
import { existsSync } from 'node:fs'

if (existsSync(new URL('../src/cli', import.meta.url))) {
  const { setUpCommandLine } = await import('../scripts/setup/command-line.mjs')
  if (!(await setUpCommandLine())) process.exit(1)
}
await import(new URL('../out/cli/made.js', import.meta.url).href)
