import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchStudio, type LaunchedStudio } from './launch'

describe('the window', () => {
  let studio: LaunchedStudio

  beforeAll(async () => {
    studio = await launchStudio()
  })

  afterAll(async () => {
    await studio.close()
  })

  test('opens with the name of the application', async () => {
    expect(await studio.page.title()).toContain('MADE Studio')
    await studio.screenshot('window')
  })

  test('is sandboxed, isolated and without Node.js', async () => {
    const { page, app } = studio
    expect(
      await page.evaluate(() => [typeof Reflect.get(globalThis, 'process'), typeof Reflect.get(globalThis, 'require')]),
    ).toEqual(['undefined', 'undefined'])
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows().find((window) => window.isVisible())?.webContents
      return (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences()
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
  })

  test('offers the page nothing but the bridge', async () => {
    const names = await studio.page.evaluate(() => Object.keys(Reflect.get(globalThis, 'studio') as object).sort())
    expect(names).toEqual(['onEvent', 'pathOf', 'request'])
  })

  test('refuses code from strings and inline scripts', async () => {
    const ran = await studio.page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.inlineScriptRan = true'
      document.head.append(script)
      script.remove()
      return Reflect.get(globalThis, 'inlineScriptRan') === true
    })
    expect(ran).toBe(false)
    // A page's own eval is judged by its policy; Playwright's evaluate is not, so the page must be the one to call it.
    const policy = await contentSecurityPolicy(studio)
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/)
    expect(policy).toMatch(/default-src 'none'|default-src 'self'/)
    expect(policy).toMatch(/script-src 'self'|default-src 'self'/)
  })

  test('refuses new windows', async () => {
    const { page, app } = studio
    expect(await page.evaluate(() => window.open('about:blank') === null)).toBe(true)
    expect(
      await app.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((window) => window.isVisible()).length,
      ),
    ).toBe(1)
  })

  test('refuses to go anywhere else', async () => {
    const { page } = studio
    const place = () => page.evaluate(() => [window.location.href, document.title])
    const before = await place()
    await page.evaluate(() => {
      window.location.href = 'https://example.com/'
    })
    await page.waitForTimeout(500)
    expect(await place()).toEqual(before)
  })

  test('reaches no network', async () => {
    const reached = await studio.page.evaluate(() =>
      fetch('https://example.com/').then(
        () => true,
        () => false,
      ),
    )
    expect(reached).toBe(false)
  })
})

describe('a start that nobody disturbs', () => {
  test('makes the page complain of nothing', async () => {
    const studio = await launchStudio()
    try {
      await studio.page.waitForTimeout(1_000)
      expect(studio.complaints).toEqual([])
    } finally {
      await studio.close()
    }
  })
})

/** The policy of the page, whether it comes with the page or in it. */
async function contentSecurityPolicy({ page }: LaunchedStudio): Promise<string> {
  const inPage = await page.evaluate(
    () => document.querySelector<HTMLMetaElement>('meta[http-equiv="Content-Security-Policy"]')?.content ?? null,
  )
  return inPage ?? (await page.reload())?.headers()['content-security-policy'] ?? ''
}
