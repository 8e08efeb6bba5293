import { nextTick, onMounted, watch, type Ref } from 'vue'
import { useReducedMotion } from '../../composables/useReducedMotion'
import { fieldOf } from '../../logic/draft-places'
import { useHistoryStore } from '../../stores/history'
import { useModelStore } from '../../stores/model'

/** How long the field is marked, in milliseconds. */
const MARKED_MS = 1600

/** Brings the setting to sight that was undone or redone, and marks it for a moment. */
export function useShownChange(form: Readonly<Ref<HTMLElement | null>>): void {
  const history = useHistoryStore()
  const model = useModelStore()
  const isCalm = useReducedMotion()

  async function show(): Promise<void> {
    const { shown } = history
    if (shown === null) return
    history.shown = null
    // What depends on the setting is drawn first.
    await nextTick()
    const field = form.value?.querySelector<HTMLElement>(`[data-field="${fieldOf(shown.place)}"]`)
    if (!field) return
    if (field.closest('details')) model.isAdvancedOpen = true
    await nextTick()
    field.scrollIntoView({ block: 'nearest' })
    const line = { outlineStyle: 'solid', outlineWidth: '2px', outlineOffset: '4px', borderRadius: '4px' }
    const seen = { ...line, outlineColor: 'var(--focus)' }
    const faded = { ...line, outlineColor: 'transparent' }
    field.animate([seen, isCalm.value ? seen : faded], MARKED_MS)
  }

  onMounted(() => void show())
  watch(
    () => history.shown,
    () => void show(),
  )
}
