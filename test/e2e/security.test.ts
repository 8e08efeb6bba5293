import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { PING, PONG } from '../../src/engine/remote/protocol'
import { askForPermissions, goBy, reachOut, runForeignCode } from './attacks'
import { launchStudio, type LaunchedStudio } from './launch'
import { listen, type Listener } from './listener'

/**
 * The twenty items of Electron's security checklist (electronjs.org/docs/latest/tutorial/security), each tried on the real
 * application: on its window, and on the hidden window that computes. What is done within a page here is what a page could
 * do that somebody else has got hold of.
 */

interface Bridge {
  request(channel: string, params?: unknown): Promise<{ ok: boolean; value?: unknown; failure?: { code: string } }>
}
interface Navigation {
  readonly to: string
  readonly isPrevented: boolean
}
/** The settings that a window was made with, as Electron took them. */
type Preferences = Readonly<Record<string, unknown>>

const WINDOW_URL = 'app://studio/index.html'
const HIDDEN_URL = 'app://engine/engine.html'
const WINDOWS = [
  ['the window', () => studio.page, WINDOW_URL],
  ['the hidden window', () => hiddenPage(), HIDDEN_URL],
] as const

let studio: LaunchedStudio
let listener: Listener

beforeAll(async () => {
  listener = await listen()
  studio = await launchStudio()
  // The hidden window is made when engines are listed.
  expect(await request(studio.page, 'engines.list')).toMatchObject({ ok: true })
  // Whatever main is made to open outside is told instead of opened.
  await studio.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = (url) => Promise.resolve(void opened.push(url))
    shell.openPath = (path) => Promise.resolve(String(opened.push(path)))
  })
})

afterAll(async () => {
  await studio.close()
  listener.close()
})

describe('1. Only load secure content', () => {
  test('is seen by what listens here', async () => {
    await fetch(listener.addresses.http).catch(() => undefined)
    expect(listener.heard()).toBe(1)
  })

  test.each(WINDOWS)('%s is the application’s own, and a secure context', async (_name, page, url) => {
    expect(await page().evaluate(() => [location.href, isSecureContext])).toEqual([url, true])
  })

  test.each(WINDOWS)('%s reaches nothing outside, whatever it tries', async (_name, page) => {
    expect(await page().evaluate(reachOut, listener.addresses)).toEqual([])
    expect(listener.heard()).toBe(0)
  })

  test('not even a window that main opens on another address reaches it', async () => {
    const outcome = await studio.app.evaluate(async ({ BrowserWindow }, address) => {
      const window = new BrowserWindow({ show: false })
      const loading = window.loadURL(address).then(
        () => 'loaded',
        (error: unknown) => String(error),
      )
      return loading.finally(() => window.destroy())
    }, listener.addresses.http)
    expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT')
    expect(listener.heard()).toBe(0)
  })
})

describe('2. Do not enable Node.js integration for remote content', () => {
  test.each(WINDOWS)('%s has nothing of Node.js', async (_name, page, url) => {
    const names = ['require', 'process', 'module', 'exports', 'Buffer', 'global', '__dirname', 'setImmediate']
    expect(await page().evaluate((known) => known.filter((name) => name in globalThis), names)).toEqual([])
    const preferences = await preferencesOf(url)
    for (const name of ['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames'])
      expect(preferences[name] ?? false, name).toBe(false)
  })
})

describe('3. Enable context isolation', () => {
  test.each(WINDOWS)('%s shares no world with its preload', async (_name, _page, url) => {
    expect(await preferencesOf(url)).toMatchObject({ contextIsolation: true })
  })

  test('what the page does to its own objects does nothing to the bridge', async () => {
    const outcome = await studio.page.evaluate(async () => {
      const { studio: bridge } = globalThis as unknown as { studio: Bridge }
      const seen: unknown[] = []
      type Method = (...given: unknown[]) => unknown
      const [call, apply] = ['call', 'apply'].map((name) => Reflect.get(Function.prototype, name) as Method)
      const spy = (original: Method) =>
        function (this: unknown, ...given: unknown[]): unknown {
          seen.push(...given.filter((value) => typeof value === 'object' && value !== null && 'sender' in value))
          return Reflect.apply(original, this, given)
        }
      Object.assign(Function.prototype, { call: spy(call), apply: spy(apply) })
      try {
        const reply = await bridge.request('app.info')
        const changed = Reflect.set(bridge, 'request', () => 'mine')
        return { ok: reply.ok, seen: seen.length, changed, isFrozen: Object.isFrozen(bridge) }
      } finally {
        Object.assign(Function.prototype, { call, apply })
      }
    })
    expect(outcome).toEqual({ ok: true, seen: 0, changed: false, isFrozen: true })
  })
})

describe('4. Enable process sandboxing', () => {
  test.each(WINDOWS)(
    '%s is made to be in the sandbox, and its preload is one file for it',
    async (_name, _page, url) => {
      expect(await preferencesOf(url)).toMatchObject({ sandbox: true })
      const preloads = readdirSync(inProject('out', 'preload')).filter((name) => !name.endsWith('.map'))
      expect(preloads.sort()).toEqual(['bridge.cjs', 'engine-port.cjs'])
      for (const preload of preloads) {
        const required = [...readFileSync(inProject('out', 'preload', preload), 'utf8').matchAll(/require\(([^)]*)\)/g)]
        expect(required.map(([, what]) => what.replaceAll(/["'`]/g, ''))).toEqual(['electron'])
      }
    },
  )

  test('every process of a page is in it, unless a person has turned it off', async () => {
    const switches = await studio.app.evaluate(({ app }) =>
      ['enable-sandbox', 'no-sandbox'].filter((name) => app.commandLine.hasSwitch(name)),
    )
    // The tests themselves have to turn it off where they run as root.
    expect(switches).toEqual([expect.stringMatching(process.getuid?.() === 0 ? 'no-sandbox' : 'enable-sandbox')])
  })
})

describe('5. Handle session permission requests from remote content', () => {
  test.each(WINDOWS)('%s gets none of them', async (_name, page) => {
    expect(await page().evaluate(askForPermissions)).toEqual([])
  })
})

test('the window may write into the clipboard, as when a picture is copied, and the hidden one may not', async () => {
  const stateIn = (page: Page): Promise<string> =>
    page.evaluate(async () => (await navigator.permissions.query({ name: 'clipboard-write' as PermissionName })).state)
  const states = await Promise.all(WINDOWS.map(([, page]) => stateIn(page())))
  expect(states.filter((state) => state !== 'denied')).toEqual(['granted'])
  expect(await stateIn(WINDOWS[0][1]())).toBe('granted')
})

describe('6. Do not disable webSecurity', () => {
  test.each(WINDOWS)('%s is held to the same origin', async (_name, page, url) => {
    expect(await preferencesOf(url)).toMatchObject({ webSecurity: true })
    const read = await page().evaluate(
      (addresses) =>
        Promise.all(
          addresses.map((address) =>
            fetch(address).then(
              () => address,
              () => null,
            ),
          ),
        ),
      [WINDOW_URL, HIDDEN_URL, 'file:///etc/hostname', 'data:,a'],
    )
    expect(read.filter((address) => address !== null)).toEqual([])
  })

  test('the two windows are of two origins and two processes', async () => {
    const pids = await studio.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
    )
    expect(new Set(pids).size).toBe(pids.length)
    expect(pids).toHaveLength(2)
  })
})

describe('7. Define a Content-Security-Policy', () => {
  test.each(WINDOWS)('%s allows its own scripts and no others', async (_name, _page, url) => {
    const { headers } = await served(url)
    const policy = policyOf(headers['content-security-policy'])
    expect(policy).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    })
    expect(Object.values(policy).join(' ')).not.toMatch(/unsafe|\*|https?:|data:|filesystem:/)
    expect(headers['x-content-type-options']).toBe('nosniff')
  })

  test.each(WINDOWS)('%s runs no code that did not come with the application', async (_name, page) => {
    expect(await page().evaluate(runForeignCode)).toEqual([])
  })
})

describe('8. Do not enable allowRunningInsecureContent', () => {
  test.each(WINDOWS)('%s does not', async (_name, _page, url) => {
    expect((await preferencesOf(url))['allowRunningInsecureContent'] ?? false).toBe(false)
    expect(await switches()).not.toContain('allow-running-insecure-content')
  })
})

describe('9. Do not enable experimental features', () => {
  test.each(WINDOWS)('%s does not', async (_name, _page, url) => {
    expect((await preferencesOf(url))['experimentalFeatures'] ?? false).toBe(false)
    expect(await switches()).not.toContain('enable-experimental-web-platform-features')
  })
})

describe('10. Do not use enableBlinkFeatures', () => {
  test.each(WINDOWS)('%s does not', async (_name, _page, url) => {
    expect((await preferencesOf(url))['enableBlinkFeatures'] ?? '').toBe('')
    expect(await switches()).not.toContain('enable-blink-features')
    // WebGPU is asked for by a switch of its own, on Linux; of the features, Vulkan is the way to its GPU.
    const features = await studio.app.evaluate(({ app }) => app.commandLine.getSwitchValue('enable-features'))
    expect(['', 'Vulkan']).toContain(features)
  })
})

describe('11. Do not use allowpopups for WebViews: there are no WebViews', () => {
  test.each(WINDOWS)('%s has none, and cannot make one', async (_name, page, url) => {
    expect((await preferencesOf(url))['webviewTag'] ?? false).toBe(false)
    const made = await page().evaluate(() => {
      const view = document.createElement('webview')
      view.setAttribute('src', location.href)
      view.setAttribute('allowpopups', '')
      document.documentElement.append(view)
      const isPlain = view.constructor === HTMLElement || view instanceof HTMLUnknownElement
      const outcome = { count: document.querySelectorAll('webview').length, isPlain, canLoad: 'loadURL' in view }
      view.remove()
      return outcome
    })
    expect(made).toEqual({ count: 1, isPlain: true, canLoad: false })
  })
})

describe('12. Verify WebView options before creation: none is created', () => {
  test('not even in a window that allows them', async () => {
    const outcome = await studio.app.evaluate(async ({ BrowserWindow }, url) => {
      const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true, sandbox: false } })
      let attached = 0
      window.webContents.on('did-attach-webview', () => attached++)
      const asked = new Promise<boolean>((resolve) =>
        window.webContents.on('will-attach-webview', (event) => resolve(event.defaultPrevented)),
      )
      await window.loadURL(url)
      await window.webContents.executeJavaScript(
        `void document.body.append(Object.assign(document.createElement('webview'), { src: ${JSON.stringify(url)} }))`,
      )
      const isPrevented = await asked
      // What follows an attachment would have come before the answer to this.
      await window.webContents.executeJavaScript('1')
      window.destroy()
      return { isPrevented, attached }
    }, HIDDEN_URL)
    expect(outcome).toEqual({ isPrevented: true, attached: 0 })
  })
})

describe('13. Disable or limit navigation', () => {
  test.each(WINDOWS)('%s goes nowhere', async (_name, page, url) => {
    await watchNavigation(url)
    const { http } = listener.addresses
    const other = url === WINDOW_URL ? HIDDEN_URL : WINDOW_URL
    const beside = url.replace(/[^/]*$/, 'other.html')
    for (const address of [http, 'https://example.com/', other, beside, url]) {
      await page().evaluate((to) => void setTimeout(() => (location.href = to)), address)
      await expect.poll(() => tried(url)).toContainEqual({ to: address, isPrevented: true })
    }
    for (const way of ['link', 'refresh']) {
      await page().evaluate(goBy, [way, http + way] as const)
      await expect.poll(() => tried(url)).toContainEqual({ to: http + way, isPrevented: true })
    }
    // What the policy or Chromium refuses is not even asked for; what is tried after it is.
    await page().evaluate(goBy, ['form', `${http}form`] as const)
    for (const address of ['file:///etc/hostname', 'data:text/html,a', 'chrome://gpu', `view-source:${url}`])
      await page().evaluate((to) => void setTimeout(() => (location.href = to)), address)
    await page().evaluate((to) => void setTimeout(() => (location.href = to)), `${http}last`)
    await expect.poll(() => tried(url)).toContainEqual({ to: `${http}last`, isPrevented: true })
    expect((await tried(url)).filter(({ isPrevented }) => !isPrevented)).toEqual([])
    expect(await page().evaluate(() => location.href)).toBe(url)
    expect(listener.heard()).toBe(0)
  })

  test.each(['about:blank', 'about:srcdoc', 'about:blank#blocked'])(
    'the window returns from where Chromium asks nobody: %s',
    async (address) => {
      const { page } = studio
      await page.evaluate(() => Object.assign(globalThis, { isBefore: true }))
      await page.evaluate((to) => void setTimeout(() => (location.href = to)), address).catch(() => undefined)
      await expect
        .poll(() => page.evaluate(() => [location.href, 'isBefore' in globalThis]).catch(() => null))
        .toEqual([WINDOW_URL, false])
      await expect.poll(() => page.getByTestId('status-state').count()).toBe(1)
      expect(await request(page, 'app.info')).toMatchObject({ ok: true })
    },
  )

  test('a page that is sent on by its server does not go', async () => {
    const outcome = await studio.app.evaluate(async ({ BrowserWindow, session }) => {
      const elsewhere = session.fromPartition('redirecting')
      elsewhere.protocol.handle('http', () => Response.redirect('http://second.example/', 302))
      const window = new BrowserWindow({ show: false, webPreferences: { session: elsewhere } })
      const loading = window.loadURL('http://first.example/').then(
        () => 'loaded',
        (error: unknown) => String(error),
      )
      return loading.finally(() => window.destroy())
    })
    expect(outcome).toMatch(/ERR_ABORTED|ERR_FAILED/)
  })

  test.each(WINDOWS)('%s takes in no page of another', async (_name, page, url) => {
    const inside = await page().evaluate(
      (addresses) =>
        Promise.all(
          addresses.map(
            (address) =>
              new Promise((resolve) => {
                const frame = document.createElement('iframe')
                frame.onload = frame.onerror = () => {
                  // Where a page is refused stands a note of Chromium's, which is of another origin.
                  resolve(frame.contentDocument?.body.textContent ?? null)
                  frame.remove()
                }
                frame.src = address
                document.documentElement.append(frame)
              }),
          ),
        ),
      [listener.addresses.http, url, url === WINDOW_URL ? HIDDEN_URL : WINDOW_URL],
    )
    expect(inside).toEqual([null, null, null])
    expect(listener.heard()).toBe(0)
  })
})

describe('14. Disable or limit creation of new windows', () => {
  test.each(WINDOWS)('%s opens none', async (_name, page, url) => {
    const before = await windowCount()
    const opened = await page().evaluate(
      (addresses) => addresses.filter((address) => window.open(address, '_blank', 'width=100') !== null),
      ['about:blank', '', 'https://example.com/', url],
    )
    expect(opened).toEqual([])
    await page().evaluate((address) => {
      const link = Object.assign(document.createElement('a'), { href: address, target: '_blank' })
      document.documentElement.append(link)
      link.click()
      link.dispatchEvent(new MouseEvent('click', { ctrlKey: true }))
      link.dispatchEvent(new MouseEvent('auxclick', { button: 1 }))
    }, url)
    // One more that is refused: whatever came before it was decided before it.
    expect(await page().evaluate(() => window.open('about:blank') === null)).toBe(true)
    expect(await windowCount()).toBe(before)
  })
})

describe('15. Do not use shell.openExternal with untrusted content: it is not used', () => {
  test('nothing that a page asks for is opened outside', async () => {
    const hostile = 'file:///usr/bin/true'
    for (const [channel, params] of [
      ['runs.reveal', { runId: hostile }],
      ['runs.reveal', { runId: '../../..' }],
      ['data.open', { source: { kind: 'file', path: hostile, preparation: null } }],
      ['shell.openExternal', { url: hostile }],
    ] as const)
      expect(await request(studio.page, channel, params)).toMatchObject({ ok: false })
    expect(await studio.app.evaluate(() => Reflect.get(globalThis, 'opened') as unknown)).toEqual([])
  })

  test('no source names it', () => {
    expect(sources('src').filter((file) => /openExternal|openPath/.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})

describe('16. Use a current version of Electron', () => {
  /** The newest when the dependency was last looked at; Electron keeps up the newest three. */
  const NEWEST = 45

  test('the one that is built with is kept up, and takes its patches', () => {
    const { devDependencies } = json('package.json') as { devDependencies: Record<string, string> }
    const { packages } = json('package-lock.json') as { packages: Record<string, { version: string }> }
    expect(devDependencies['electron']).toMatch(/^\^\d+\.\d+\.\d+$/)
    expect(Number(packages['node_modules/electron'].version.split('.')[0])).toBeGreaterThanOrEqual(NEWEST)
  })
})

describe('17. Validate the sender of all IPC messages', () => {
  test('the window is answered', async () => {
    expect(await request(studio.page, 'app.info')).toMatchObject({ ok: true })
  })

  test.each(['nothing.known', '__proto__', 'constructor', 'internal.suspend', 'internal.export', ''])(
    'a request that no contract knows is refused: “%s”',
    async (channel) => {
      expect(await request(studio.page, channel)).toMatchObject({ ok: false, failure: { code: 'invalid-request' } })
    },
  )

  test('another page with the same bridge is refused, and so is a frame within the page', async () => {
    const ask = (url: string, script: string): Promise<unknown> =>
      studio.app.evaluate(
        async ({ app, BrowserWindow }, [address, code]) => {
          const preload = `${app.getAppPath()}/out/preload/bridge.cjs`
          const window = new BrowserWindow({
            show: false,
            webPreferences: { preload, nodeIntegrationInSubFrames: true },
          })
          await window.loadURL(address)
          const reply = (await window.webContents.executeJavaScript(code)) as unknown
          window.destroy()
          return reply
        },
        [url, script] as const,
      )
    const refused = { ok: false, failure: { code: 'invalid-request' } }
    expect(await ask(WINDOW_URL, "studio.request('settings.get')")).toMatchObject({ ok: true })
    expect(await ask(HIDDEN_URL, "studio.request('settings.get')")).toMatchObject(refused)
    const fromFrame = `new Promise((resolve) => {
      const frame = document.createElement('iframe')
      frame.onload = () => resolve(frame.contentWindow.studio.request('settings.get'))
      frame.srcdoc = '<p>within</p>'
      document.body.append(frame)
    })`
    expect(await ask(WINDOW_URL, fromFrame)).toMatchObject(refused)
  })

  test('main listens to one channel, and to nothing beside it', async () => {
    const heard = await studio.app.evaluate(({ ipcMain }) => ({
      handled: [...(ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers.keys()],
      listenedTo: ipcMain.eventNames(),
    }))
    // Electron has some of its own, in capitals, and an error is no message.
    expect(heard.handled.filter((name) => !/^[A-Z_]+$/.test(name))).toEqual(['studio:request'])
    expect(heard.listenedTo.filter((name) => name !== 'error')).toEqual([])
  })

  test('a page names no folder to write into: a person chooses it', async () => {
    const before = await request(studio.page, 'settings.get')
    const asked = request(studio.page, 'settings.set', { runsFolder: inProject('out') })
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'invalid-request' } })
    expect(await request(studio.page, 'settings.get')).toEqual(before)
  })

  test('the hidden window takes no port from a frame', async () => {
    const answers = await hiddenPage().evaluate(
      ([ping, pong]) =>
        new Promise((resolve) => {
          const answers: unknown[] = []
          const [own, foreign] = [new MessageChannel(), new MessageChannel()]
          const frame = document.createElement('iframe')
          document.documentElement.append(frame)
          foreign.port1.onmessage = ({ data }) => answers.push(['foreign', data])
          own.port1.onmessage = ({ data }) => {
            answers.push(['own', data])
            if (data === pong) resolve(answers)
          }
          window.dispatchEvent(new MessageEvent('message', { source: frame.contentWindow, ports: [foreign.port2] }))
          foreign.port1.postMessage(ping)
          window.postMessage(null, '*', [own.port2])
          own.port1.postMessage(ping)
        }),
      [PING, PONG],
    )
    expect(answers).toEqual([['own', PONG]])
  })
})

describe('18. Avoid the file:// protocol and prefer custom protocols', () => {
  test.each(WINDOWS)('%s is served by the application’s own', async (_name, page, url) => {
    expect(page().url()).toBe(url)
    expect(await served(url)).toMatchObject({ status: 200 })
  })

  test.each([
    'app://studio/../../package.json',
    'app://studio/..%2f..%2fpackage.json',
    'app://studio/%2e%2e/%2e%2e/package.json',
    'app://studio/..%5c..%5cpackage.json',
    'app://studio/assets/..%2f..%2f..%2fpackage.json',
    'app://studio/..%2frenderer-other/index.html',
    'app://studio/..%2fmain/index.js',
    'app://studio//etc/hostname',
    'app://studio/%2fetc%2fhostname',
    'app://studio/index.html%00.png',
    'app://studio/%E0%A4%A',
    'app://studio/',
    'app://studio/assets',
    'app://other/index.html',
    'app://studio.example.com/index.html',
  ])('it serves what was built for the pages and nothing else: %s', async (url) => {
    expect(await served(url)).toMatchObject({ status: expect.toBeOneOf([404, 'refused']), length: 0 })
  })

  test('no page may read files, and no window of another scheme opens', async () => {
    const outcome = await studio.app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false })
      const loading = window.loadURL('file:///etc/hostname').then(
        () => 'loaded',
        (error: unknown) => String(error),
      )
      return loading.finally(() => window.destroy())
    })
    expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT')
    expect(sources('src').filter((file) => /file:\/\/|loadFile\(/.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})

describe('19. Check which fuses you can change', () => {
  test('each is set, to the safe side where the application does not need the other', () => {
    const [, block] =
      /^electronFuses:\n((?: .*\n|#.*\n)*)/m.exec(readFileSync(inProject('electron-builder.yml'), 'utf8')) ?? []
    const fuses = Object.fromEntries(
      [...(block ?? '').matchAll(/^ +(\w+): (true|false)$/gm)].map(([, name, on]) => [name, on === 'true']),
    )
    expect(fuses).toEqual({
      // TensorFlow is tried in a process of its own, which is Electron as plain Node.js.
      runAsNode: true,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})

describe('20. Do not expose Electron APIs to untrusted web content', () => {
  test('the window has three functions, and events bring nothing of Electron with them', async () => {
    const page = studio.page
    expect(await page.evaluate(() => Object.keys(Reflect.get(globalThis, 'studio') as object).sort())).toEqual([
      'onEvent',
      'pathOf',
      'request',
    ])
    await page.evaluate(() => {
      const scope = globalThis as unknown as { studio: { onEvent(listener: (...given: unknown[]) => void): void } }
      Object.assign(globalThis, { given: null })
      scope.studio.onEvent((...given) => Object.assign(globalThis, { given }))
    })
    await studio.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows())
        window.webContents.send('studio:event', { type: 'command', command: 'none' })
    })
    await expect
      .poll(() => page.evaluate(() => Reflect.get(globalThis, 'given') as unknown))
      .toEqual([{ type: 'command', command: 'none' }])
  })

  test.each(WINDOWS)('%s has no name of Electron’s or its preload’s', async (_name, page) => {
    const names = ['electron', 'ipcRenderer', 'contextBridge', 'webUtils', 'webFrame', 'crashReporter', 'shell']
    expect(await page().evaluate((known) => known.filter((name) => name in globalThis), names)).toEqual([])
  })

  test('the hidden window has nothing but its page', async () => {
    expect(await hiddenPage().evaluate(() => 'studio' in globalThis)).toBe(false)
  })
})

function hiddenPage(): Page {
  const page = studio.app.windows().find((window) => window.url().startsWith('app://engine/'))
  if (!page) throw new Error('there is no hidden window')
  return page
}

function request(page: Page, channel: string, params?: unknown): ReturnType<Bridge['request']> {
  return page.evaluate(
    ([name, given]) => (globalThis as unknown as { studio: Bridge }).studio.request(name as string, given),
    [channel, params],
  )
}

function preferencesOf(url: string): Promise<Preferences> {
  return studio.app.evaluate(({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL() === address)
    return (contents as unknown as { getLastWebPreferences(): Preferences }).getLastWebPreferences()
  }, url)
}

/** Switches of Chromium that would make it less safe. */
function switches(): Promise<string[]> {
  return studio.app.evaluate(({ app }) =>
    [
      'allow-running-insecure-content',
      'enable-experimental-web-platform-features',
      'enable-blink-features',
      'disable-web-security',
      'ignore-certificate-errors',
    ].filter((name) => app.commandLine.hasSwitch(name)),
  )
}

/** What the application serves at an address. */
function served(url: string): Promise<{ status: number | 'refused'; length: number; headers: Record<string, string> }> {
  return studio.app.evaluate(async ({ net }, address) => {
    const response = await net.fetch(address).catch(() => null)
    if (!response) return { status: 'refused', length: 0, headers: {} }
    const { byteLength: length } = await response.arrayBuffer()
    return { status: response.status, length, headers: Object.fromEntries(response.headers) }
  }, url)
}

function policyOf(header: string | undefined): Record<string, string> {
  const directives = (header ?? '').split(';').map((directive) => directive.trim().split(' '))
  return Object.fromEntries(directives.map(([name, ...sources]) => [name, sources.join(' ')]))
}

function windowCount(): Promise<number> {
  return studio.app.evaluate(({ webContents }) => webContents.getAllWebContents().length)
}

/** Notes where a window would go from now on, and whether it is refused. */
async function watchNavigation(url: string): Promise<void> {
  await studio.app.evaluate(({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL() === address)
    const tried: Navigation[] = []
    Object.assign(globalThis, { [`tried ${address}`]: tried })
    contents?.on('will-navigate', (event) => tried.push({ to: event.url, isPrevented: event.defaultPrevented }))
  }, url)
}

function tried(url: string): Promise<Navigation[]> {
  return studio.app.evaluate((_electron, address) => Reflect.get(globalThis, `tried ${address}`) as Navigation[], url)
}

function json(name: string): unknown {
  return JSON.parse(readFileSync(inProject(name), 'utf8'))
}

function sources(folder: string): string[] {
  return readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|vue|html|cjs)$/.test(name))
    .map((name) => inProject(folder, name))
}
