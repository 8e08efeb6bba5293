/**
 * Starts an installed application, waits for its page, has the engines listed, and closes it: `node installed-window.mjs
 * <program>`. The release workflow does so where no checkout of Electron is.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { chromium } from 'playwright-core'
import { runScript, SetupFailure } from '../setup/talk.mjs'

const TIME_LIMIT = 120_000

await runScript(async () => {
  const [program] = process.argv.slice(2)
  const home = mkdtempSync(join(tmpdir(), 'made-home-'))
  try {
    for (const engine of await enginesIn(program, home)) console.log(engine)
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 })
  }
})

/**
 * @param {string} program
 * @param {string} home
 * @returns {Promise<string[]>} what the window says of its engines
 */
async function enginesIn(program, home) {
  const env = { ...process.env, MADE_STUDIO_HOME: home }
  const child = spawn(program, ['--remote-debugging-port=0'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const browser = await chromium.connectOverCDP(await addressOf(child), { timeout: TIME_LIMIT })
  try {
    const until = Date.now() + TIME_LIMIT
    for (;;) {
      const pages = browser.contexts().flatMap((context) => context.pages())
      const page = pages.find((one) => one.url() === 'app://studio/index.html')
      if (page !== undefined) {
        await page.getByTestId('rail-data').waitFor({ timeout: TIME_LIMIT })
        const reply = await page.evaluate(() => Reflect.get(globalThis, 'studio').request('engines.list'))
        if (!reply.ok) throw new SetupFailure('The window lists no engines.', reply.failure.message)
        return reply.value.map(
          (/** @type {{ id: string, device: { name: string } | null }} */ { id, device }) =>
            `${id}: ${device?.name ?? 'not available'}`,
        )
      }
      if (Date.now() > until)
        throw new SetupFailure('The application shows no page of its own.', 'Start it by hand to see why.')
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  } finally {
    await browser.close().catch(() => undefined)
    child.kill()
    await ended
  }
}

/**
 * @param {import('node:child_process').ChildProcessByStdio<null, null, import('node:stream').Readable>} child
 * @returns {Promise<string>}
 */
function addressOf(child) {
  return new Promise((resolve, reject) => {
    let text = ''
    const late = () => reject(new SetupFailure('The application opened no window.', text.slice(-2000)))
    const timer = setTimeout(late, TIME_LIMIT)
    child.once('exit', late)
    child.once('error', reject)
    child.stderr.setEncoding('utf8').on('data', (more) => {
      text += more
      const [, address] = /DevTools listening on (ws:\/\/\S+)/.exec(text) ?? []
      if (address === undefined) return
      clearTimeout(timer)
      resolve(address)
    })
  })
}
