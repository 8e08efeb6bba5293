import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ask, attempt } from '../bridge'
import { readNumber } from '../logic/draft'
import { newAxis, readAxis, variedPaths, type Axis } from '../logic/varied'
import { useDataStore } from './data'
import { useEstimatesStore } from './estimates'
import { useGroupsStore } from './groups'
import { useModelStore } from './model'
import { useRunStore } from './run'
import { useRunsStore } from './runs'
import { freeName } from '../../shared/free-name'
import type { Failure } from '../../base/failure'
import { DEFAULT_RUN_CONFIG } from '../../shared/run-config'
import { GROUP_LIMITS, type GroupForeseen, type GroupRequest } from '../../shared/run-group'
import { goodSettings, middlingRun } from '../../sweeps/good-settings'
import type { VariedPath } from '../../sweeps/setting-words'
import { t } from '../words'

/** How long what is asked for rests unchanged before it is reckoned. */
const REST_MS = 400
/** Runs that are drawn at random. */
const DRAWN = { least: 2, most: 10_000, whole: true } as const
const MINUTES = { ...GROUP_LIMITS.minutes, whole: false } as const

/** What a person gives the search for good settings, in minutes. */
export const BUDGETS = [5, 60, 480] as const
export type Budget = (typeof BUDGETS)[number]

/** What is known of a group before it begins. */
export type Foreseen =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'reckoning' }
  | { readonly kind: 'known'; readonly value: GroupForeseen }
  | { readonly kind: 'refused'; readonly failure: Failure }

/** Many runs that differ in some settings, as they are set up; and the search for good settings. */
export const useSeveralStore = defineStore('several', () => {
  const [model, data, estimates, live] = [useModelStore(), useDataStore(), useEstimatesStore(), useRunStore()]
  const isOpen = ref(false)
  const axes = ref<Axis[]>([newAxis('hidden'), newAxis('optimizer.learningRate')])
  const search = ref<'grid' | 'random'>('grid')
  const drawn = ref('20')
  const way = ref<'whole' | 'halving'>('whole')
  const minutes = ref('10')
  const budget = ref<Budget>(BUDGETS[0])
  const foreseen = shallowRef<Foreseen>({ kind: 'nothing' })
  const foundForeseen = shallowRef<Foreseen>({ kind: 'nothing' })

  /** Settings that can be added. */
  const others = computed(() =>
    variedPaths(model.config ?? DEFAULT_RUN_CONFIG).filter((path) => axes.value.every((axis) => axis.path !== path)),
  )
  /** What is wrong with what was typed for a setting. */
  const problems = computed(() => {
    const found = new Map<string, string>()
    for (const axis of axes.value) {
      const read = readAxis(axis)
      if (typeof read === 'string') found.set(axis.path, read)
    }
    const count = readNumber(drawn.value, DRAWN)
    if (search.value === 'random' && typeof count === 'string') found.set('drawn', count)
    const time = readNumber(minutes.value, MINUTES)
    if (way.value === 'halving' && typeof time === 'string') found.set('minutes', time)
    return found
  })
  /** What is asked for; null while something is wrong with it. */
  const request = computed((): GroupRequest | null => {
    if (model.config === null || model.waitsFor !== null || problems.value.size > 0 || axes.value.length === 0)
      return null
    const vary = Object.fromEntries(
      axes.value.map((axis) => {
        const read = readAxis(axis)
        return [axis.path, typeof read === 'string' ? [] : [...read]]
      }),
    )
    return {
      base: model.config,
      vary,
      search: search.value === 'grid' ? { kind: 'grid' } : { kind: 'random', count: Number(drawn.value), seed: model.config.seed }, // prettier-ignore
      way: way.value === 'whole' ? { kind: 'whole' } : { kind: 'halving', minutes: Number(minutes.value) },
    }
  })
  /** A middling run of the search for good settings, by which it is reckoned how many can be tried. */
  const middling = computed(() => {
    const { summary } = data
    if (!summary || summary.tooFew || data.isChanging) return null
    return middlingRun({ data: summary.source, engine: model.draft.engine }, DEFAULT_RUN_CONFIG)
  })
  /** Whether it is still being timed. While another trains nothing is. */
  const isTiming = computed(() => middling.value !== null && !live.isBusy && !estimates.isTold(middling.value))
  const foundRequest = computed((): GroupRequest | null => {
    const [{ summary }, run] = [data, middling.value]
    if (!summary || !run || isTiming.value) return null
    const { columns, source } = summary
    const secondsPerEpoch = estimates.of(run)?.secondsPerEpoch ?? null
    return goodSettings(
      run,
      { columns, lacksValues: source.kind === 'file' && source.preparation?.missing === 'observed', secondsPerEpoch },
      budget.value,
    )
  })

  function add(path: VariedPath): void {
    axes.value.push(newAxis(path))
  }

  function remove(path: VariedPath): void {
    axes.value = axes.value.filter((axis) => axis.path !== path)
  }

  /** Tries what is set up. */
  async function start(): Promise<void> {
    if (request.value) await useGroupsStore().add(nameFor(t('group.run')), request.value)
  }

  /** Looks for good settings. */
  async function find(): Promise<void> {
    if (foundRequest.value) await useGroupsStore().add(nameFor(t('group.find.run')), foundRequest.value)
  }

  function nameFor(wanted: string): string {
    const { own } = useRunsStore()
    return freeName(
      wanted,
      own.flatMap(({ name, group }) => (group ? [name, group.name] : [name])),
    )
  }

  watch(
    [middling, () => live.isBusy],
    ([run, isBusy]) => {
      if (run && !isBusy) estimates.want('middling', run)
    },
    { immediate: true },
  )
  const isNothingAwaited = (): boolean => false
  follow(() => (isOpen.value ? request.value : null), isNothingAwaited, foreseen)
  follow(
    () => foundRequest.value,
    () => isTiming.value,
    foundForeseen,
  )

  /** Reckons what is asked for, once it rests. @param isAwaited whether there is something to ask for soon */
  function follow(asked: () => GroupRequest | null, isAwaited: () => boolean, into: typeof foreseen): void {
    let number = 0
    let timer: ReturnType<typeof setTimeout> | null = null
    // While another trains no time is told.
    watch(
      [() => JSON.stringify(asked()), isAwaited, () => live.isBusy],
      () => {
        const mine = ++number
        if (timer !== null) clearTimeout(timer)
        const now = asked()
        into.value = { kind: now === null && !isAwaited() ? 'nothing' : 'reckoning' }
        if (now !== null) timer = setTimeout(() => void reckon(now, mine), REST_MS)
      },
      { immediate: true },
    )
    async function reckon(now: GroupRequest, mine: number): Promise<void> {
      const answer = await attempt(ask('group.foresee', now))
      if (mine !== number) return
      into.value =
        'value' in answer ? { kind: 'known', value: answer.value } : { kind: 'refused', failure: answer.failure }
    }
  }

  return {
    isOpen,
    axes,
    search,
    drawn,
    way,
    minutes,
    budget,
    foreseen,
    foundForeseen,
    others,
    problems,
    request,
    foundRequest,
    add,
    remove,
    start,
    find,
  }
})
