import { say, type Sentence } from '../words/say'

/**
 * The views of the window, in the order of the rail, the menu and the keys. Whatever there is one of for each view follows
 * from this list; icons and components are keyed by its ids in `src/renderer/frame/view-parts.ts`.
 */
export const VIEWS = [
  { id: 'home', name: say('view.home'), key: '1' },
  { id: 'data', name: say('view.data'), key: '2' },
  { id: 'model', name: say('view.model'), key: '3' },
  { id: 'train', name: say('view.train'), key: '4' },
  { id: 'samples', name: say('view.samples'), key: '5' },
  { id: 'ask', name: say('view.ask'), key: '6' },
  { id: 'runs', name: say('view.runs'), key: '7' },
  { id: 'learn', name: say('view.learn'), key: '8' },
  /** Apart from the others: at the foot of the rail, and in the menu where a system expects it. */
  { id: 'settings', name: say('view.settings'), key: ',' },
] as const

export type ViewId = (typeof VIEWS)[number]['id']

/** What a view is called, and the key that shows it together with Ctrl or ⌘. */
export interface View {
  readonly id: ViewId
  readonly name: Sentence
  readonly key: string
}

/** The views of the work itself. */
export const WORK_VIEWS: readonly View[] = VIEWS.filter(({ id }) => id !== 'settings')
export const SETTINGS_VIEW: View = viewOf('settings')

/** The view with that id. */
export function viewOf(id: ViewId): View {
  const view = VIEWS.find((candidate) => candidate.id === id)
  if (view) return view
  throw new Error(`there is no view ${id}`)
}
