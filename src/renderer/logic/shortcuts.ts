import { SETTINGS_VIEW, WORK_VIEWS } from '../../shared/views'
import type { MessageKey } from '../../words/say'

/** What a key does in the whole window. */
export interface Shortcut {
  /** As they are written on the keyboards of the system. */
  readonly keys: readonly string[]
  readonly does: Extract<MessageKey, `learn.keys.${string}`>
}

/**
 * The keys of the window.
 * @param platform as `process.platform`
 */
export function shortcutsOn(platform: string): readonly Shortcut[] {
  const [control, shift] = platform === 'darwin' ? ['⌘', '⇧'] : ['Ctrl', 'Shift']
  const [first, last] = [WORK_VIEWS[0], WORK_VIEWS[WORK_VIEWS.length - 1]]
  return [
    { keys: [control, `${first.key}…${last.key}`], does: 'learn.keys.views' },
    { keys: [control, SETTINGS_VIEW.key], does: 'learn.keys.settings' },
    { keys: [control, 'Enter'], does: 'learn.keys.primary' },
    { keys: [control, 'O'], does: 'learn.keys.open' },
    { keys: [control, 'E'], does: 'learn.keys.export' },
    { keys: [control, 'Z'], does: 'learn.keys.undo' },
    { keys: platform === 'win32' ? [control, 'Y'] : [control, shift, 'Z'], does: 'learn.keys.redo' },
    { keys: ['Space'], does: 'learn.keys.pause' },
    { keys: ['F5'], does: 'learn.keys.projector' },
    { keys: ['0…9'], does: 'learn.keys.digit' },
    { keys: ['←', '→'], does: 'learn.keys.move' },
    { keys: ['Enter'], does: 'learn.keys.enlarge' },
    { keys: ['Esc'], does: 'learn.keys.close' },
  ]
}
