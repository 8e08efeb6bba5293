import { defineStore } from 'pinia'
import { computed, ref, shallowRef, toRaw, watch } from 'vue'
import { placeName } from '../logic/draft-places'
import {
  changesBetween,
  NO_HISTORY,
  recorded,
  redone,
  undone,
  valuesOf,
  type History,
  type Step,
  type Value,
  type Values,
} from '../logic/history'
import { useDataStore } from './data'
import { useModelStore } from './model'
import { useWindowStore } from './window'
import type { DataSource } from '../../shared/data-source'
import { say, type Sentence } from '../../words/say'

/** What the data and their preparation are called among the places. */
const DATA = 'data'

/** A setting that was undone or redone, to be shown. */
interface Shown {
  readonly place: string
}

/** What a person has set of data and model, to be undone and redone. */
export const useHistoryStore = defineStore('history', () => {
  const data = useDataStore()
  const model = useModelStore()
  const screen = useWindowStore()
  const history = shallowRef<History>(NO_HISTORY)
  /** The settings as they were when they were looked at last. */
  let known: Values = {}
  /** Whether data are on the way that an undone or redone step asked for. */
  let isGoing = false
  /** What was changed last by undoing or redoing, until the view Model has shown it. */
  const shown = ref<Shown | null>(null)

  function look(now: Values): void {
    const changes = ofPerson(changesBetween(known, now), now)
    known = { ...known, ...now }
    history.value = recorded(history.value, { changes, at: performance.now() }, fieldOf)
  }

  function lookAtData(): void {
    const source = data.shownSource
    if (source !== null) look({ [DATA]: valueOf(source) })
  }

  /** From now on what changes can be undone; what came before is the beginning. */
  function begin(): void {
    known = { ...model.values, ...(data.shownSource ? { [DATA]: valueOf(data.shownSource) } : {}) }
    watch(
      () => model.values,
      (now) => look(now),
    )
    watch(
      () => [data.summary?.source, data.isChanging],
      () => {
        if (data.isChanging) return
        if (isGoing || !(DATA in known))
          known = { ...known, ...(data.summary ? { [DATA]: valueOf(data.summary.source) } : {}) }
        else lookAtData()
        isGoing = false
      },
    )
  }

  /** Goes back by a step, or on by one again; tells and shows what has changed by it. */
  function go(way: 'back' | 'on'): void {
    // What was asked for a moment ago is a step too, also where it was refused.
    if (!isGoing) lookAtData()
    look(model.values)
    const next = way === 'back' ? undone(history.value) : redone(history.value)
    if (next === null) return
    history.value = next.history
    const { [DATA]: source, ...settings } = valuesOf(next.step, way === 'back' ? 'from' : 'to')
    const others = Object.keys(settings)
    if (others.length > 0) model.restore(settings)
    known = { ...known, ...model.values }
    if (source !== undefined) {
      isGoing = true
      known = { ...known, [DATA]: source }
      data.goTo(source as DataSource)
    }
    const place = others.find(isNamed)
    screen.go(place === undefined ? 'data' : 'model')
    shown.value = place === undefined ? null : { place }
    screen.notice(wordsOf(next.step, way))
  }

  return {
    canUndo: computed(() => history.value.past.length > 0),
    canRedo: computed(() => history.value.future.length > 0),
    shown,
    begin,
    undo: () => go('back'),
    redo: () => go('on'),
  }
})

/** What of a change is a person's: a run that is not named by one takes a name that suits it and is free. */
function ofPerson(changes: Step['changes'], now: Values): Step['changes'] {
  if (now['isNameOwn'] !== false) return changes
  const { name: _, isNameOwn, ...others } = changes
  if (Object.keys(others).length === 0) return {}
  return isNameOwn === undefined ? others : changes
}

/** Whether a place is a setting that a person sees. */
function isNamed(place: string): boolean {
  return place === DATA || placeName(place) !== null
}

/** The field that places are set in; null for data, whose fields rest for a moment before they are read. */
function fieldOf(places: readonly string[]): string | null {
  return places.includes(DATA) ? null : places.filter(isNamed).join(' ')
}

function wordsOf({ changes }: Step, way: 'back' | 'on'): Sentence {
  const names = new Set(Object.keys(changes).map((place) => (place === DATA ? DATA : placeName(place))))
  names.delete(null)
  const [name] = names
  if (name === undefined || name === null || names.size > 1)
    return way === 'back' ? say('frame.undone.several') : say('frame.redone.several')
  if (name === DATA) return way === 'back' ? say('frame.undone.data') : say('frame.redone.data')
  const setting = say(name)
  return way === 'back' ? say('frame.undone', { setting }) : say('frame.redone', { setting })
}

function valueOf(source: DataSource): Value {
  return JSON.parse(JSON.stringify(toRaw(source))) as Value
}
