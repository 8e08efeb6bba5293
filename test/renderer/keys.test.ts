import { describe, expect, it } from 'vitest'
import { commandOf } from '../../src/renderer/frame/keys'
import { shortcutsOn } from '../../src/renderer/logic/shortcuts'

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('keys', () => {
  it.each(['linux', 'win32', 'darwin'])('do what the list of keys in Learn says: on %s', (platform) => {
    const isMac = platform === 'darwin'
    const control = isMac ? { metaKey: true } : { ctrlKey: true }
    const pressed = shortcutsOn(platform)
      .filter(({ keys }) => keys[0] === (isMac ? '⌘' : 'Ctrl'))
      .map(({ keys }) => {
        const shiftKey = keys.includes('⇧') || keys.includes('Shift')
        const last = keys[keys.length - 1]
        const key = last.includes('…') ? last[0] : shiftKey ? last : last.length === 1 ? last.toLowerCase() : last
        return commandOf({ ...NONE, ...control, shiftKey, key }, isMac)?.type ?? `nothing by ${keys.join(' ')}`
      })
    const asked = ['show-view', 'show-view', 'primary-action', 'open-data', 'export-samples', 'undo', 'redo']
    expect(pressed).toEqual(asked)
  })

  it('redo by both keys of Windows and Linux, and by one of macOS', () => {
    const control = { ...NONE, ctrlKey: true }
    expect(commandOf({ ...control, key: 'y' }, false)).toEqual({ type: 'redo' })
    expect(commandOf({ ...control, shiftKey: true, key: 'Z' }, false)).toEqual({ type: 'redo' })
    expect(commandOf({ ...NONE, metaKey: true, key: 'y' }, true)).toBeNull()
  })

  it('are left to those who type', () => {
    expect(commandOf({ ...NONE, key: 'z' }, false)).toBeNull()
    expect(commandOf({ ...NONE, ctrlKey: true, altKey: true, key: 'z' }, false)).toBeNull()
    expect(commandOf({ ...NONE, ctrlKey: true, shiftKey: true, key: 'O' }, false)).toBeNull()
  })
})
