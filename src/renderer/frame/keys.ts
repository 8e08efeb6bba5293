import type { MenuCommand } from '../../shared/menu'
import { VIEWS } from '../../shared/views'

/** What keys do together with Ctrl or ⌘. */
const WITH_CONTROL: ReadonlyMap<string, MenuCommand> = new Map<string, MenuCommand>([
  ...VIEWS.map(({ id, key }): [string, MenuCommand] => [key, { type: 'show-view', view: id }]),
  ['enter', { type: 'primary-action' }],
  ['o', { type: 'open-data' }],
  ['e', { type: 'export-samples' }],
  ['z', { type: 'undo' }],
  ['shift z', { type: 'redo' }],
])

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * What keys ask for that are pressed together; null for nothing of the application's.
 * @param isMac there ⌘Y is not for what was undone
 */
export function commandOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key, isMac: boolean): MenuCommand | null {
  if (!(ctrlKey || metaKey) || altKey) return null
  const name = `${shiftKey ? 'shift ' : ''}${key.toLowerCase()}`
  if (name === 'y' && !isMac) return { type: 'redo' }
  return WITH_CONTROL.get(name) ?? null
}

const TEXT_INPUTS = new Set(['text', 'search', 'number', 'email', 'password', 'tel', 'url'])

/** Whether something is a field that a person types text into, which has an undo of its own. */
export function isTextField(element: unknown): element is HTMLElement {
  if (element instanceof HTMLInputElement) return TEXT_INPUTS.has(element.type) && !element.readOnly
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLElement && element.isContentEditable)
}
