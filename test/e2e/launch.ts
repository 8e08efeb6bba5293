import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { findElectron, sandboxArguments } from '../../scripts/setup/electron.mjs'
import { inProject, projectFolder } from '../../scripts/setup/project.mjs'

/** Milliseconds; half a second where nothing else runs. */
const LAUNCH_TIME_LIMIT = 100_000
/** For one click, or what is to be clicked to appear. */
const ACTION_TIME_LIMIT = 100_000

export interface LaunchOptions {
  /** Where the application keeps its settings and runs; a new temporary folder, removed at the end, unless given. */
  readonly home?: string
  readonly colorScheme?: 'light' | 'dark'
  readonly env?: Readonly<Record<string, string>>
  /** Switches of Chromium. */
  readonly switches?: readonly string[]
  /** Files and folders to open. */
  readonly words?: readonly string[]
  /** Stays at Home where the window begins there; else it goes on to Data. */
  readonly staysHome?: boolean
}

/** The built application, running. */
export interface LaunchedStudio {
  readonly app: ElectronApplication
  readonly page: Page
  readonly home: string
  /** What the page complained of so far: console errors and uncaught exceptions. A good test ends with none. */
  readonly complaints: readonly string[]
  /** Writes a picture of the window to test-results/. */
  screenshot(name: string): Promise<void>
  /** Ends the application, whatever it would ask. */
  close(): Promise<void>
}

/** Opens the built application in the real Electron, as `npm start` does, and waits for its window. */
export async function launchStudio(options: LaunchOptions = {}): Promise<LaunchedStudio> {
  const electron = findElectron()
  if (electron === null) throw new Error('There is no Electron here; `npm test` fetches one.')
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'made-studio-')))
  const app = await _electron
    .launch({
      executablePath: electron.path,
      args: [
        ...sandboxArguments(electron.path).args,
        ...(options.switches ?? []),
        projectFolder,
        ...(options.words ?? []),
      ],
      env: { ...environment(), ...options.env, MADE_STUDIO_HOME: home },
      colorScheme: options.colorScheme ?? 'light',
      timeout: LAUNCH_TIME_LIMIT,
    })
    .catch((error: unknown) => {
      throw new Error(`Electron did not start.\n${beginning(String(error))}`)
    })
  // Asked for now, since Playwright does not know it any more once the application has ended.
  const child = app.process()
  const page = await app.firstWindow({ timeout: LAUNCH_TIME_LIMIT }).catch(async (error: unknown) => {
    await end(app, child)
    throw error
  })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.setDefaultTimeout(ACTION_TIME_LIMIT)
  await page.waitForLoadState('load')
  if (options.staysHome !== true) await leaveHome(page)

  return {
    app,
    page,
    home,
    complaints,
    async screenshot(name) {
      mkdirSync(inProject('test-results'), { recursive: true })
      await page.screenshot({ path: inProject('test-results', `${name}.png`) })
    },
    async close() {
      await end(app, child)
      if (options.home === undefined) await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

/** Goes from Home to Data, as who begins for the first time does; whoever began elsewhere stays there. */
async function leaveHome(page: Page): Promise<void> {
  if ((await page.getByTestId('rail-home').getAttribute('aria-current')) === 'page')
    await page.getByTestId('rail-data').click()
}

/** Exits at once, past any question that closing the window asks, so that a test always ends. */
async function end(app: ElectronApplication, child: ReturnType<ElectronApplication['process']>): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.exitCode !== null || child.signalCode !== null) return
  await app.evaluate(({ app }) => app.exit(0)).catch(() => undefined)
  const killer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(killer)
}

/** This process's environment, in English, and without what would make Electron run as plain Node.js. */
function environment(): Record<string, string> {
  const known = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const kept = known.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE' && name !== 'NODE_OPTIONS')
  return { ...Object.fromEntries(kept), LANGUAGE: 'en', ...ownDisplay() }
}

/** The display of this worker of Vitest, where `npm test` has made one for each; workers are counted from 1. */
function ownDisplay(): Record<string, string> {
  const displays = process.env['MADE_STUDIO_DISPLAYS']?.split(' ') ?? []
  const display = displays.at((Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % Math.max(1, displays.length))
  return display === undefined ? {} : { DISPLAY: display }
}

/** Playwright repeats all that Electron printed; how it began tells what went wrong. */
function beginning(text: string): string {
  return text.split('\n').slice(0, 40).join('\n')
}
