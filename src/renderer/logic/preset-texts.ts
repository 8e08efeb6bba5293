import type { PresetId } from '../../shared/presets'
import type { MessageKey } from '../../words/say'
import { t } from '../words'

type PresetKey = Extract<MessageKey, `draft.preset.${PresetWord}` | `draft.preset.${PresetWord}.${string}`>
type PresetWord = 'quick' | 'one' | 'two'

const PRESET_TEXTS: Readonly<Record<PresetId, Readonly<Record<'name' | 'run' | 'mnist' | 'other', PresetKey>>>> = {
  quick: {
    name: 'draft.preset.quick',
    run: 'draft.preset.quick.run',
    mnist: 'draft.preset.quick.mnist',
    other: 'draft.preset.quick.other',
  },
  'paper-one': {
    name: 'draft.preset.one',
    run: 'draft.preset.one.run',
    mnist: 'draft.preset.one.mnist',
    other: 'draft.preset.one.other',
  },
  'paper-two': {
    name: 'draft.preset.two',
    run: 'draft.preset.two.run',
    mnist: 'draft.preset.two.mnist',
    other: 'draft.preset.two.other',
  },
}

/** What a preset is called. */
export function presetName(id: PresetId): string {
  return t(PRESET_TEXTS[id].name)
}

/** One sentence: what a preset is for, and what to expect of it. */
export function presetText(id: PresetId, isMnist: boolean): string {
  return t(PRESET_TEXTS[id][isMnist ? 'mnist' : 'other'])
}

/** What a run of that preset is called, and of none. */
export function runNameOf(id: PresetId | null): string {
  return id === null ? t('draft.preset.none.run') : t(PRESET_TEXTS[id].run)
}
