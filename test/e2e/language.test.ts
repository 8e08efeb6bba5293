import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { request } from './application'
import { closeWindow } from './drive'
import { launchStudio, type LaunchedStudio } from './launch'

const VIEWS = ['data', 'model', 'train', 'samples', 'ask', 'runs', 'learn', 'settings'] as const

interface Training {
  readonly kind: string
  readonly runId: string
  readonly progress: { readonly update: number }
}

/** The language of the window and of its page, whatever is in it. */
function spoken({ page }: LaunchedStudio): Promise<string> {
  return page.evaluate(() => document.documentElement.lang)
}

/** The words of the menu, in order. */
function menu({ app }: LaunchedStudio): Promise<string[]> {
  return app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? [])
}

describe('the language that is chosen in Settings', () => {
  let home: string
  let studio: LaunchedStudio
  const get = (id: string): ReturnType<LaunchedStudio['page']['getByTestId']> => studio.page.getByTestId(id)
  const rail = (): Promise<string[]> =>
    Promise.all(['data', 'samples', 'settings'].map((view) => get(`rail-${view}`).innerText()))
  const title = (): Promise<string> => studio.page.title()
  const run = async (): Promise<Training> => {
    const { value } = (await request(studio.page, 'run.state', { runId: null })) as { readonly value: Training }
    return value
  }

  async function choose(language: 'system' | 'en' | 'ko'): Promise<void> {
    await get('rail-settings').click()
    await get(`language-${language}`).click()
  }

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'made-studio-language-'))
    studio = await launchStudio({ home })
    await get('split-train').filter({ hasText: '50,000' }).waitFor()
  })

  afterAll(async () => {
    await studio.close()
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  test('is taken at once by rail, menu, title and page, while a run trains and loses nothing', async () => {
    expect(await spoken(studio)).toBe('en')
    await get('rail-model').click()
    await get('preset-quick').click()
    await get('field-hidden-0').fill('20')
    await get('field-name').fill('언어 바꾸기')
    if (!(await get('field-epochs').isVisible())) await get('advanced').click()
    await get('field-epochs').fill('100000')
    await get('field-lookAhead').fill('100000')
    await get('primary-action').click()
    await expect.poll(() => get('status-state').innerText()).toContain('Training')
    await expect.poll(async () => (await run()).kind).toBe('training')
    // Half of a draft, which nobody has trained yet.
    await get('rail-model').click()
    await get('field-hidden-0').fill('77')
    const before = await run()

    await choose('ko')
    await expect.poll(() => spoken(studio)).toBe('ko')
    await expect.poll(rail).toEqual(['데이터', '표본', '설정'])
    await expect.poll(title).toBe('설정 – MADE Studio')
    expect(await menu(studio)).toEqual(expect.arrayContaining(['파일', '편집', '학습', '보기', '창']))
    expect(await get('language-ko').getByRole('radio').isChecked()).toBe(true)
    expect(await get('status-state').innerText()).toContain('“언어 바꾸기”')

    await expect.poll(async () => (await run()).progress.update).toBeGreaterThan(before.progress.update)
    expect(await run()).toMatchObject({ kind: 'training', runId: before.runId })
    expect(await get('problem').count()).toBe(0)
    await get('rail-model').click()
    expect(await get('field-hidden-0').inputValue()).toBe('77')
    for (const view of VIEWS) {
      await get(`rail-${view}`).click()
      await studio.screenshot(`language-ko-${view}`)
    }
    expect(studio.complaints).toEqual([])
  })

  test('is that of the questions of the system too', async () => {
    await studio.app.evaluate(({ dialog }) => {
      dialog.showMessageBox = ((_window: unknown, options: unknown) => {
        Object.assign(globalThis, { asked: options })
        return Promise.resolve({ response: 1, checkboxChecked: false })
      }) as typeof dialog.showMessageBox
    })
    await studio.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.isVisible())
        ?.close(),
    )
    await expect
      .poll(() => studio.app.evaluate(() => Reflect.get(globalThis, 'asked') as unknown))
      .toMatchObject({
        message: '“언어 바꾸기” 학습이 아직 진행 중입니다.',
        buttons: ['저장하고 닫기', '학습 계속하기'],
      })
    expect((await run()).kind).toBe('training')
  })

  test('is remembered, and spoken from the first frame of the next start', async () => {
    await studio.app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
    })
    await closeWindow(studio.app)
    studio = await launchStudio({ home })
    expect(await spoken(studio)).toBe('ko')
    await expect.poll(rail).toEqual(['데이터', '표본', '설정'])
    expect(await menu(studio)).toEqual(expect.arrayContaining(['파일', '편집']))
    await expect.poll(() => get('resume-offer').innerText()).toMatch(/“언어 바꾸기” 학습이 중간에 끊겼습니다/)
    expect(await firstFrame(studio)).toEqual({ lang: 'ko', rail: '화면' })
  })

  test('is English again when that is chosen, and that of the system when a person leaves it to that', async () => {
    await choose('en')
    await expect.poll(() => spoken(studio)).toBe('en')
    await expect.poll(rail).toEqual(['Data', 'Samples', 'Settings'])
    await expect.poll(title).toBe('Settings – MADE Studio')
    expect(await menu(studio)).toEqual(expect.arrayContaining(['File', 'Edit', 'Run', 'View', 'Window']))
    await expect.poll(() => get('resume-offer').innerText()).toMatch(/Training of “언어 바꾸기” was interrupted/)
    await studio.screenshot('language-en-settings')
    await choose('system')
    await expect
      .poll(async () => JSON.parse(await readFile(join(home, 'settings.json'), 'utf8')) as unknown)
      .toMatchObject({ settings: { language: 'system' } })
    // These tests run in an English system.
    expect(await spoken(studio)).toBe('en')
    expect(studio.complaints).toEqual([])
  })
})

// Only on Linux does a system say by its environment which language it speaks.
describe.skipIf(process.platform !== 'linux')('a language whose letters no face of the system has', () => {
  test('is drawn with the face that comes along, in every text, as soon as that is there', async () => {
    const studio = await launchStudio({ env: { LANGUAGE: 'ko' } })
    try {
      await studio.page.getByTestId('split-train').filter({ hasText: '50,000' }).waitFor()
      expect(await spoken(studio)).toBe('ko')
      await expect.poll(() => studio.page.evaluate(() => document.fonts.status)).toBe('loaded')
      await expect.poll(() => drawnOtherwise(studio)).toEqual([])
      // However often faces come after that, no text goes back to what it was before the first of them.
      for (const times of [1, 2, 3]) {
        await studio.page.evaluate(() => document.fonts.dispatchEvent(new Event('loadingdone')))
        await studio.page.evaluate(
          () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
        )
        expect({ times, texts: await drawnOtherwise(studio) }).toEqual({ times, texts: [] })
      }
    } finally {
      await studio.close()
    }
  })
})

/** Texts on the screen that are of another width than they would be if they were drawn now, in a way that there never was. */
function drawnOtherwise({ page }: LaunchedStudio): Promise<string[]> {
  return page.evaluate(() => {
    const linesOf = (node: Node): DOMRect[] => {
      const range = document.createRange()
      const text = node.textContent ?? ''
      range.setStart(node, text.length - text.trimStart().length)
      range.setEnd(node, text.trimEnd().length)
      return [...range.getClientRects()]
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: Node[] = []
    while (walker.nextNode() !== null) texts.push(walker.currentNode)
    return texts.flatMap((node) => {
      const { parentElement: parent, textContent } = node
      if (parent === null || textContent === null || !/[가-힣]/.test(textContent)) return []
      const [line, ...others] = linesOf(node)
      // What is broken into lines has no width of its own.
      if (line === undefined || others.length > 0) return []
      const copy = document.createElement('span')
      copy.textContent = textContent.trim()
      Object.assign(copy.style, {
        position: 'fixed',
        whiteSpace: 'pre',
        fontFeatureSettings: `'look' ${Math.ceil(1e6 * Math.random())}`,
      })
      parent.append(copy)
      const [now] = linesOf(copy.firstChild ?? copy)
      copy.remove()
      return Math.abs(line.width - now.width) > 2 ? [textContent] : []
    })
  })
}

// Only on Linux does a system say by its environment which language it speaks.
describe.skipIf(process.platform !== 'linux')('the language of the system', () => {
  test('is spoken from the first frame of the first start', async () => {
    const studio = await launchStudio({ env: { LANGUAGE: 'ko' } })
    try {
      expect(await spoken(studio)).toBe('ko')
      expect(await menu(studio)).toEqual(expect.arrayContaining(['파일', '편집']))
      expect(await request(studio.page, 'settings.get')).toMatchObject({ value: { language: 'system' } })
      expect(await firstFrame(studio)).toEqual({ lang: 'ko', rail: '화면' })
      expect(studio.complaints).toEqual([])
    } finally {
      await studio.close()
    }
  })
})

/** Shows the page again and tells what stood in it when its rail came into being. */
async function firstFrame({ app, page }: LaunchedStudio): Promise<unknown> {
  await app.context().addInitScript(() => {
    const look = new MutationObserver(() => {
      const rail = document.querySelector('nav')
      if (rail === null) return
      look.disconnect()
      Object.assign(globalThis, {
        firstFrame: { lang: document.documentElement.lang, rail: rail.getAttribute('aria-label') },
      })
    })
    look.observe(document, { childList: true, subtree: true })
  })
  await page.reload()
  await expect.poll(() => page.evaluate(() => Reflect.get(globalThis, 'firstFrame') as unknown)).toBeTruthy()
  return page.evaluate(() => Reflect.get(globalThis, 'firstFrame') as unknown)
}
