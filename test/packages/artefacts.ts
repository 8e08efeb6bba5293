import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'

const FOLDER = inProject('dist', 'test')

/** The artefact whose name has that ending, as `npm run package` made it; null if it made none. */
export function artefact(ending: string): string | null {
  const name = existsSync(FOLDER) ? readdirSync(FOLDER).find((one) => one.endsWith(ending)) : undefined
  return name === undefined ? null : join(FOLDER, name)
}

/** The application's folder for a system, before it was put into any artefact; null if there is none. */
export function appFolder(system: string, name: string): string | null {
  const place = inProject('.cache', 'package', 'test', system, name)
  return existsSync(place) ? place : null
}

/** A folder that is gone after the test. */
export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'made-packages-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }))
  return folder
}

/** Whether a program is installed. */
export function has(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}

/** What a finished program left. */
export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end, without what would make the application something else. */
export function runProgram(program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Outcome {
  const { ELECTRON_RUN_AS_NODE: _node, NODE_OPTIONS: _options, ...environment } = process.env
  const { status, stdout, stderr } = spawnSync(program, args, {
    env: { ...environment, ...more },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  return { status, stdout, stderr }
}
