import type { ViewId } from './views'

/** What of the menu can do something only at times: the window says when. */
export const MENU_ABILITIES = [
  'undo',
  'redo',
  'export-samples',
  'fill-missing',
  'reveal-run',
  'primary-action',
  'toggle-pause',
] as const
export type MenuAbility = (typeof MENU_ABILITIES)[number]

/** What a menu item or a shortcut asks of the window. */
export type MenuCommand =
  | { readonly type: 'show-view'; readonly view: ViewId }
  | { readonly type: 'open-data' }
  /** Takes back, or sets again, what was set last of data or model; in a field of text, what was typed. */
  | { readonly type: 'undo' | 'redo' }
  /** Asks how many samples of the run that is browsed are written, and where. */
  | { readonly type: 'export-samples' }
  /** Asks where the data of the run that is looked at are written, their gaps filled in. */
  | { readonly type: 'fill-missing' }
  /** Shows the folder of the run that is looked at, which holds its model. */
  | { readonly type: 'reveal-run' }
  /** Presses the main button of the view that is shown. */
  | { readonly type: 'primary-action' }
  | { readonly type: 'toggle-pause' }
  /** Shows one figure after another, full screen and large; or leaves that. */
  | { readonly type: 'toggle-projector' }
