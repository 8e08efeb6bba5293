import { spawn } from 'node:child_process'

/** Whether a window can be shown here: everywhere but on a Linux without a display. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)
}

/**
 * Starts a display that nobody sees. Xvfb itself chooses a free number.
 * @returns {Promise<{ display: string, stop(): void }>}
 */
export function startVirtualDisplay() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const stop = () => child.kill()
  process.once('exit', stop)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => reject(new Error('Xvfb ended before it had a display.')))
    child.stdio[3]?.once('data', (/** @type {Buffer} */ number) =>
      resolve({ display: `:${number.toString().trim()}`, stop }),
    )
  })
}
