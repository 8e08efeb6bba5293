import { spawn, type ChildProcess } from 'node:child_process'
import { chromium, type Browser, type Page } from 'playwright-core'

const TIME_LIMIT = 100_000
const ADDRESS = /DevTools listening on (ws:\/\/\S+)/

/** The window of an installed application, looked into from outside: it takes no switches of Node.js. */
export interface InstalledWindow {
  readonly page: Page
  /** Milliseconds from the start of the program until its page could be used. */
  readonly milliseconds: number
  /** What the program says, so far. */
  readonly said: () => string
  readonly child: ChildProcess
  close(): Promise<void>
}

/**
 * Starts an installed application and waits for its page.
 * @param home where it keeps its settings and runs
 * @param under a command that runs it, as somebody else or as on another system; the sandbox is then on
 */
export async function openInstalled(
  program: string,
  home: string,
  args: readonly string[] = [],
  more: NodeJS.ProcessEnv = {},
  under: readonly string[] = [],
): Promise<InstalledWindow> {
  const { ELECTRON_RUN_AS_NODE: _node, NODE_OPTIONS: _options, ...environment } = process.env
  const began = performance.now()
  const sandbox = process.getuid?.() === 0 && under.length === 0 ? ['--no-sandbox'] : []
  const [command, ...words] = [...under, program, ...sandbox, '--remote-debugging-port=0', ...args]
  const child = spawn(command, words, {
    env: { ...environment, MADE_STUDIO_HOME: home, ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It opened no window.\n${text}`)), TIME_LIMIT)
    child.on('exit', (status) => reject(new Error(`It ended with ${status ?? 'a signal'}.\n${text}`)))
    child.on('error', reject)
    child.stderr.setEncoding('utf8').on('data', (more: string) => {
      text += more
      const [, found] = ADDRESS.exec(text) ?? []
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    })
  })
  const browser = await chromium.connectOverCDP(address, { timeout: TIME_LIMIT })
  const page = await pageOf(browser)
  page.setDefaultTimeout(TIME_LIMIT)
  await page.getByTestId('rail-data').waitFor()
  const milliseconds = performance.now() - began
  return {
    page,
    milliseconds,
    said: () => text,
    child,
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await browser.close().catch(() => undefined)
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        const killer = setTimeout(() => child.kill('SIGKILL'), 20_000)
        await ended
        clearTimeout(killer)
      }
    },
  }
}

async function pageOf(browser: Browser): Promise<Page> {
  const until = performance.now() + TIME_LIMIT
  while (performance.now() < until) {
    const page = browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((one) => one.url() === 'app://studio/index.html')
    if (page) return page
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The application shows no page of its own.')
}

/** Makes a request as the page does, and expects that it works. */
export async function answerTo<T>(page: Page, channel: string, params?: unknown): Promise<T> {
  const reply = await page.evaluate(
    ([name, value]) =>
      (
        Reflect.get(globalThis, 'studio') as {
          request(...parts: unknown[]): Promise<{ ok: boolean; value?: unknown; failure?: { message: string } }>
        }
      ).request(name, value),
    [channel, params] as const,
  )
  if (!reply.ok) throw new Error(reply.failure?.message ?? `${channel} failed`)
  return reply.value as T
}
