import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeLimit] milliseconds after which the command is stopped and counts as failed
 */

/**
 * Runs a command and keeps what it prints instead of showing it.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<{ ok: boolean, stdout: string, output: string }>} `output` is standard output and error as they came
 */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve) => {
    let stdout = ''
    let output = ''
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeLimit,
      shell: needsShell(program),
      windowsHide: true,
    })
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    child.on('error', (error) => resolve({ ok: false, stdout, output: output + error.message }))
    child.on('close', (status) => resolve({ ok: status === 0, stdout, output }))
  })
}

/**
 * Runs a command in the foreground, on the terminal of this process, and waits for its end. While it runs, Ctrl+C is
 * the command's to answer.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<number>} its exit status
 */
export function runVisibly(program, args, options = {}) {
  const leaveToCommand = () => undefined
  process.on('SIGINT', leaveToCommand)
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd: options.cwd, env: options.env ?? process.env, stdio: 'inherit' })
    const passOn = () => child.kill('SIGTERM')
    process.on('SIGTERM', passOn)
    child.on('error', reject)
    child.on('close', (status) => {
      process.off('SIGINT', leaveToCommand)
      process.off('SIGTERM', passOn)
      resolve(status ?? 1)
    })
  })
}

/**
 * npm as a program with arguments: its own script under this very Node.js where that is found, which needs no shell.
 * @param {readonly string[]} args
 * @returns {[program: string, args: string[]]}
 */
export function npm(args) {
  const nodeFolder = dirname(process.execPath)
  const places = [
    process.env.npm_execpath ?? '',
    join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const script = places.find((place) => basename(place) === 'npm-cli.js' && existsSync(place))
  if (script !== undefined) return [process.execPath, [script, ...args]]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args]]
}

/** @param {string} program */
function needsShell(program) {
  return program.endsWith('.cmd')
}

/**
 * The end of what a command printed: enough to see why it failed.
 * @param {string} output
 * @param {number} [lines]
 */
export function lastLines(output, lines = 30) {
  return output.trimEnd().split('\n').slice(-lines).join('\n')
}
