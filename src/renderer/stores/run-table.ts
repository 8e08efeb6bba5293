import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { groupedByData, type RunGroup } from '../logic/run-groups'
import { filterWords } from '../logic/run-columns'
import { referenceRows, type ReferenceRow } from '../logic/reference-rows'
import { settingsWords } from '../logic/run-words'
import { useBaselineStore } from './baseline'
import { useRunsStore } from './runs'
import { NEW_RUN_TABLE, type RunColumnId, type RunTable } from '../../shared/run-table'
import { RUN_STATUSES, type RunStatus, type RunSummary } from '../../shared/run'
import { language } from '../words'

/** So many runs are looked over at once; of more one is chosen by its words. */
const FEW = 4

/** How a person looks at the table of runs: by which words, in which order, with which columns. */
export const useRunTableStore = defineStore('run-table', () => {
  const runs = useRunsStore()
  const baseline = useBaselineStore()
  const state = ref<RunTable>({ ...NEW_RUN_TABLE })
  /** The text of each run that words are looked for in, in a language. */
  const texts = new WeakMap<RunSummary, { readonly language: string; readonly text: string }>()

  const words = computed(() => state.value.filter.toLocaleLowerCase().split(/\s+/).filter(Boolean))
  const isFiltered = computed(() => words.value.length > 0 || state.value.isStarred || state.value.statuses.length > 0)
  /** Those that are looked for, the newest first, else of a group of many only the best; in the bin all. */
  const found = computed(() => {
    if (runs.place === 'bin') return runs.bin
    return isFiltered.value ? runs.sorted.filter(isFound) : runs.folded.runs
  })
  /** What runs have become, as far as there are such, and what is looked for. */
  const statuses = computed(() => {
    const there = new Set(runs.sorted.map(({ status }) => status))
    return RUN_STATUSES.filter((status) => there.has(status) || state.value.statuses.includes(status))
  })
  /** Whether there are so many runs that one looks for some of them. */
  const isOffered = computed(() => runs.place === 'runs' && (runs.sorted.length > FEW || isFiltered.value))

  function isFound(run: RunSummary): boolean {
    const { isStarred, statuses: wanted } = state.value
    if (isStarred && !run.isStarred) return false
    if (wanted.length > 0 && !wanted.includes(run.status)) return false
    return words.value.every((word) => textOf(run).includes(word))
  }

  function textOf(run: RunSummary): string {
    const known = texts.get(run)
    if (known?.language === language()) return known.text
    const text = filterWords(run, settingsWords(run.config))
    texts.set(run, { language: language(), text })
    return text
  }

  /** What runs on the same rows are compared with, where that is wanted. */
  function referencesOf(group: RunGroup): readonly ReferenceRow[] {
    const isOne = group.runs.every(({ dataHash }) => dataHash === group.runs.at(0)?.dataHash)
    return state.value.hasReferences && isOne && runs.place === 'runs' ? referenceRows(group.runs, baseline.of) : []
  }

  /** Runs in the order of the table, in groups where these are wanted. */
  function grouped(ordered: readonly RunSummary[]): readonly RunGroup[] {
    return state.value.isGrouped || runs.place === 'bin'
      ? groupedByData(ordered)
      : [{ key: '', words: '', runs: ordered }]
  }

  /** How many runs of its group are not listed, where a run stands for them; null where it stands for none. */
  function foldedBehind({ id, group }: RunSummary): number | null {
    return group && runs.place === 'runs' && !isFiltered.value ? (runs.folded.more.get(id) ?? null) : null
  }

  function toggleStatus(status: RunStatus): void {
    const { statuses: wanted } = state.value
    state.value.statuses = wanted.includes(status) ? wanted.filter((one) => one !== status) : [...wanted, status]
  }

  function showColumn(column: RunColumnId, isShown: boolean): void {
    state.value.columns = { ...state.value.columns, [column]: isShown }
  }

  /** Looks for all runs again. */
  function findAll(): void {
    state.value = { ...state.value, filter: '', isStarred: false, statuses: [] }
  }

  return {
    state,
    words,
    isFiltered,
    found,
    statuses,
    isOffered,
    grouped,
    referencesOf,
    foldedBehind,
    toggleStatus,
    showColumn,
    findAll,
  }
})
