import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, describe, expect, it } from 'vitest'
import { menuTemplate } from '../../src/main/menu'
import { speak } from '../../src/main/words'
import { shortcutsOn } from '../../src/renderer/logic/shortcuts'
import { MENU_ABILITIES, type MenuCommand } from '../../src/shared/menu'
import { WORK_VIEWS } from '../../src/shared/views'

type Item = MenuItemConstructorOptions

const SYSTEMS = ['linux', 'win32', 'darwin'] as const

/** Every item of a menu, those of its submenus too, but for the lines between them. */
function itemsIn(menu: readonly Item[]): Item[] {
  return menu
    .flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsIn(item.submenu) : [])])
    .filter(({ type }) => type !== 'separator')
}

/** The items of the window, by what they ask of it. */
function commands(menu: readonly Item[]): string[] {
  const asked: MenuCommand[] = []
  const items = itemsIn(menuTemplate((command) => asked.push(command), 'linux')).filter(({ click }) => click)
  for (const { click } of items) Reflect.apply(click as () => void, undefined, [])
  expect(itemsIn(menu).filter(({ click }) => click)).toHaveLength(items.length)
  return asked.map((command) => (command.type === 'show-view' ? command.view : command.type))
}

afterEach(() => speak('en'))

describe('the menu', () => {
  it('is in English', () => {
    const labels = itemsIn(menuTemplate(() => undefined, 'linux')).map(({ label }) => label)
    expect(labels).toEqual(
      expect.arrayContaining(['File', 'Open Data…', 'Settings…', 'Edit', 'Copy', 'Run', 'View', 'Zoom In', 'Window']),
    )
  })

  it('is in Korean', () => {
    speak('ko')
    const labels = itemsIn(menuTemplate(() => undefined, 'linux')).map(({ label }) => label)
    expect(labels).toEqual(
      expect.arrayContaining(['파일', '데이터 열기…', '설정…', '편집', '복사', '학습', '보기', '확대', '창']),
    )
  })

  it.each(SYSTEMS)('leaves no word to the system, which would name it in English: on %s', (platform) => {
    for (const language of ['en', 'ko'] as const) {
      speak(language)
      const unnamed = itemsIn(menuTemplate(() => undefined, platform)).filter(
        ({ label, role }) => !label && role !== 'appMenu',
      )
      expect(unnamed).toEqual([])
    }
  })

  it.each(SYSTEMS)('does the same in every language: on %s', (platform) => {
    const shape = (): unknown =>
      itemsIn(menuTemplate(() => undefined, platform)).map(({ role, accelerator }) => [role, accelerator])
    const inEnglish = shape()
    speak('ko')
    expect(shape()).toEqual(inEnglish)
  })

  it('asks the window for what is chosen', () => {
    expect(commands(menuTemplate(() => undefined, 'linux'))).toEqual([
      'open-data',
      'export-samples',
      'fill-missing',
      'reveal-run',
      'settings',
      'undo',
      'redo',
      'primary-action',
      'toggle-pause',
      'home',
      'data',
      'model',
      'train',
      'samples',
      'ask',
      'runs',
      'learn',
      'toggle-projector',
      // Help.
      'learn',
      'settings',
    ])
  })

  it('ends the application where its system looks for that', () => {
    const quit = (platform: NodeJS.Platform): (string | undefined)[] =>
      menuTemplate(() => undefined, platform)
        .filter(({ submenu }) => Array.isArray(submenu) && submenu.some(({ role }) => role === 'quit'))
        .map(({ label, role }) => label ?? role)
    expect(SYSTEMS.map(quit)).toEqual([['File'], ['File'], ['appMenu']])
  })

  it('offers the files that were opened lately, the last one first, by their names', () => {
    const opened: string[] = []
    const paths = ['/data/people.csv', '/data/숫자.npz']
    const recentFiles = { paths, open: (path: string) => opened.push(path) }
    const state = { recent: recentFiles, abilities: new Set<never>() }
    const file = menuTemplate(() => undefined, 'linux', state).find(({ label }) => label === 'File')
    const recent = itemsIn([file ?? {}]).find(({ label }) => label === 'Open Recent')
    expect(recent?.enabled).toBe(true)
    const items = itemsIn(Array.isArray(recent?.submenu) ? recent.submenu : [])
    expect(items.map(({ label }) => label)).toEqual(['people.csv', '숫자.npz'])
    for (const { click } of items) Reflect.apply(click as () => void, undefined, [])
    expect(opened).toEqual(paths)
    const none = itemsIn(menuTemplate(() => undefined, 'linux')).find(({ label }) => label === 'Open Recent')
    expect(none?.enabled).toBe(false)
  })

  it('greys out what can do nothing now', () => {
    const recent = { paths: [], open: () => undefined }
    for (const ability of MENU_ABILITIES) {
      const state = { recent, abilities: new Set([ability]) }
      const enabled = itemsIn(menuTemplate(() => undefined, 'linux', state)).filter((item) => item.enabled)
      expect(enabled.map(({ id }) => id)).toEqual([ability])
    }
  })

  it('has settings, about and an end where each system looks for them', () => {
    const under = (platform: NodeJS.Platform, label: string): (string | undefined)[] => {
      const menu = menuTemplate(() => undefined, platform).find((item) => (item.label ?? item.role) === label)
      return itemsIn(Array.isArray(menu?.submenu) ? menu.submenu : []).map((item) => item.label)
    }
    expect(under('darwin', 'appMenu')).toEqual(['About MADE Studio', 'Settings…', 'Quit MADE Studio'])
    expect(under('darwin', 'File')).not.toContain('Settings…')
    expect(under('win32', 'File')).toEqual(expect.arrayContaining(['Settings…', 'Exit']))
    expect(under('linux', 'File')).toEqual(expect.arrayContaining(['Settings…', 'Quit MADE Studio']))
    expect(under('linux', 'Help')).toContain('About MADE Studio')
  })

  it.each(SYSTEMS)('shows no key that the list of keys in Learn has not: on %s', (platform) => {
    const control = platform === 'darwin' ? '⌘' : 'Ctrl'
    const listed = shortcutsOn(platform).map(({ keys }) => keys.join('+').replace('⇧', 'Shift'))
    const shown = itemsIn(menuTemplate(() => undefined, platform)).flatMap(({ accelerator }) =>
      accelerator === undefined ? [] : [String(accelerator).replace('CmdOrCtrl', control)],
    )
    const views = new Set(WORK_VIEWS.map(({ key }) => `${control}+${key}`))
    const keys = shown.map((key) => (views.has(key) ? `${control}+1…${WORK_VIEWS.length}` : key))
    expect(shown.length).toBeGreaterThan(8)
    expect(keys.filter((key) => !listed.includes(key))).toEqual([])
  })

  it('takes no key on macOS that a person types', () => {
    // Only there is a key taken that is merely to be shown. Function keys write nothing.
    const keys = itemsIn(menuTemplate(() => undefined, 'darwin')).flatMap(({ accelerator }) => accelerator ?? [])
    expect(keys.filter((key) => !/\+|^F\d+$/.test(String(key)))).toEqual([])
  })
})
