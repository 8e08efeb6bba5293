import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { ask, attempt } from '../bridge'
import { Coalesced } from '../logic/coalesced'
import { conflict, isAnythingKnown, merged, nothingKnown, withValues } from '../logic/evidence'
import { questionSteps } from './question-steps'
import { useRunStore } from './run'
import { useRunsStore } from './runs'
import { useWindowStore } from './window'
import type { Failure } from '../../base/failure'
import { variablesFor, variablesOf } from '../../made/variables'
import type { KeptQuestion } from '../../shared/kept-question'
import {
  EFFORTS,
  type AskedAnswer,
  type AskedProgress,
  type AskedSource,
  type AskedSubject,
  type EvidenceCount,
  type KnownRow,
} from '../../shared/questions'
import type { ModelChoice } from '../../shared/samples'
import { say, type Sentence } from '../../words/say'

/** Strokes of a brush are asked about at most so often. */
const REST_MS = 60

/** What is known contradicts itself where it is a hundred times less probable than if it had nothing to do with each other, nats. */
const MOST_CONFLICT = Math.log(100)

/** Something that was asked for, or why it could not be told. */
export type Told<T> = { readonly value: T } | { readonly failure: Failure }

/** What a model is asked: which model, what is known, and what it answers. */
export const useAskingStore = defineStore('asking', () => {
  const runs = useRunsStore()
  const live = useRunStore()
  const screen = useWindowStore()
  const wantedRunId = ref<string | null>(null)
  const wantedModel = ref<ModelChoice>('best')
  /** Whether the view is on the screen: nothing is asked for nobody. */
  const isShown = ref(false)
  const subject = shallowRef<AskedSubject | null>(null)
  /** The answer where nothing is known. */
  const base = shallowRef<AskedAnswer | null>(null)
  const answer = shallowRef<AskedAnswer | null>(null)
  /** Whether the answer becomes better still, or is on its way. */
  const isAsking = ref(false)
  const count = shallowRef<Told<EvidenceCount> | null>(null)
  /** What was noticed of evidence that was typed. */
  const notes = shallowRef<readonly Sentence[]>([])
  /** Evidence that is typed, and not added yet. */
  const typed = ref('')
  const steps = questionSteps(() => {
    notes.value = []
    questions.want()
  })
  const { evidence, cover } = steps
  /** What was known when the application was closed, of the run that was asked then. */
  let kept: KeptQuestion | null = null
  /** Tells the newest question from those before. */
  let question = 0
  let onFirst: (() => void) | null = null

  const run = computed(
    () =>
      runs.withModels.find(({ id }) => id === wantedRunId.value) ??
      runs.withModels.find(({ id }) => id === runs.pinnedId) ??
      runs.withModels.find(({ id }) => id === live.activeId) ??
      runs.withModels[0] ??
      null,
  )
  const model = computed<ModelChoice>({
    get: () => {
      const { value } = run
      if (value === null || (value.hasBest && value.hasLatest)) return wantedModel.value
      return value.hasBest ? 'best' : 'latest'
    },
    set: (choice) => (wantedModel.value = choice),
  })
  /** The same object for as long as it is the same model of the same run. */
  const source = computed<AskedSource | null>((before) => {
    if (run.value === null) return null
    const now = { runId: run.value.id, model: model.value }
    return before?.runId === now.runId && before.model === now.model ? before : now
  })
  const variables = computed(() => run.value && variablesOf(variablesFor(run.value)))
  const isPicture = computed(() => subject.value !== null && subject.value.picture !== null)
  const isKnown = computed(() => evidence.value !== null && isAnythingKnown(evidence.value))
  /** Whether what is known is possible at all, as far as draws can tell: else nothing follows from it. */
  const isPossible = computed(() => answer.value === null || answer.value.evidence.logProbability > -Infinity)
  /** Whether what is known hardly goes together, as far as the model has learnt: what follows from it says little. */
  const isContradictory = computed(() => {
    const [{ value: told }, { value: first }, { value: known }, { value: of }] = [answer, base, evidence, variables]
    if (!told || !known || !of || !isKnown.value) return false
    const { isContradictory: isRare, logProbability } = told.evidence
    return isRare || (first !== null && conflict(known, of, first.marginals, logProbability) > MOST_CONFLICT)
  })
  /** What is asked of, as it is now: a model that trains on is another one. */
  const version = computed(() => {
    const { value } = run
    return value && JSON.stringify([source.value, model.value === 'latest' ? value.changedAt : value.best])
  })

  const questions = new Coalesced(REST_MS, (release) => void askNow(release))

  /** Begins with a model: what it is, and what it says where nothing is known. */
  async function begin(): Promise<void> {
    const { value: asked } = source
    const { value: at } = version
    if (!asked) return
    await screen.attend('ask', async () => {
      const found = await ask('ask.subject', { source: asked })
      if (version.value !== at) return
      subject.value = found
      if (evidence.value?.bits.length !== found.columns) {
        const before = kept?.runId === asked.runId ? kept : null
        steps.begin(found.columns, before)
        typed.value = before?.typed ?? ''
        if (before) kept = null
      }
      base.value = null
      questions.want()
    })
  }

  async function askNow(release: () => void): Promise<void> {
    const [{ value: asked }, { value: known }, { value: what }] = [source, evidence, subject]
    if (!asked || !known || !what || !isShown.value) return release()
    // Where it comes from is known first, so that it can be seen what changes.
    const first = base.value === null && isKnown.value ? nothingKnown(what.columns) : known
    const number = ++question
    isAsking.value = true
    onFirst = release
    const effort = EFFORTS[isPicture.value ? 'picture' : 'table']
    const told = await attempt(ask('ask.answer', { source: asked, question: number, evidence: first, effort }))
    if (number === question) {
      isAsking.value = false
      const failure = 'failure' in told ? told.failure : null
      screen.report('ask', failure, { label: say('frame.try-again'), run: () => questions.want() })
      if ('value' in told) {
        take(told.value, first)
        if (first === known && !isPicture.value) void countRows()
      }
      if (first !== known) questions.want()
    }
    release()
  }

  function take(told: AskedAnswer, of: KnownRow): void {
    if (!isAnythingKnown(of)) base.value = told
    if (!isAnythingKnown(of) === !isKnown.value) answer.value = told
  }

  /** A better answer came. */
  function hear({ question: number, answer: told }: AskedProgress): void {
    // What comes after the answer itself was known before it.
    if (number !== question || !isAsking.value || (base.value === null && isKnown.value)) return
    answer.value = told
    // Something is seen of it: the next one may overtake it.
    onFirst?.()
  }

  function clear(): void {
    if (subject.value && isKnown.value) steps.set(nothingKnown(subject.value.columns))
  }

  /** Takes up a whole picture, but for its label: which that is the model is to tell. */
  function takePicture(row: KnownRow): void {
    const [{ value: of }, { value: what }] = [variables, subject]
    if (of && what) steps.set(what.label ? withValues(row, of, what.label.variable, []) : row)
  }

  /** Adds what was typed to the evidence. @returns why not, where it cannot be understood */
  async function type(texts: readonly string[]): Promise<Failure | null> {
    const { value: asked } = source
    if (!asked || texts.length === 0) return null
    const told = await attempt(ask('ask.given', { source: asked, texts: [...texts] }))
    if ('failure' in told) return told.failure
    steps.change((row) => merged(row, told.value))
    notes.value = told.value.notes
    return null
  }

  /** Counts the evidence in the training rows. */
  async function countRows(): Promise<void> {
    const [{ value: asked }, { value: known }] = [source, evidence]
    // Data that are not there do not come by asking again.
    if (!asked || !known || (count.value && 'failure' in count.value)) return
    const told = await attempt(ask('ask.count', { source: asked, evidence: known }))
    if (evidence.value === known && source.value === asked) count.value = told
  }

  /** Takes up what was known when the application was closed. */
  function takeUp(before: KeptQuestion | null): void {
    kept = before
    wantedRunId.value = before?.runId ?? null
  }

  /** What is to be taken up at the next start. */
  const state = computed((): KeptQuestion | null => {
    if (!run.value || !steps.kept.value) return kept
    return { ...steps.kept.value, runId: run.value.id, typed: typed.value }
  })

  /** Shows the view, asking the model of a run. */
  function browse(runId: string): void {
    wantedRunId.value = runId
    screen.go('ask')
  }

  watch([isShown, version], ([shown], before) => {
    if (!shown) return
    const isSame = before[1] === version.value
    if (!isSame || subject.value === null) void begin()
    else if (answer.value === null) questions.want()
  })
  watch(
    () => run.value?.id,
    () => {
      // What was asked of the other model is answered to nobody.
      question++
      isAsking.value = false
      subject.value = null
      steps.end()
      answer.value = null
      base.value = null
      count.value = null
    },
    // Before anything draws the answers of one model by the variables of another.
    { flush: 'sync' },
  )

  // Whoever begins a run wants to see that one next, and what came of it.
  watch([() => live.activeId, () => live.isBusy], () => (wantedRunId.value = null))

  return {
    wantedRunId,
    run,
    model,
    source,
    version,
    isShown,
    subject,
    variables,
    isPicture,
    evidence,
    cover,
    isKnown,
    isPossible,
    isContradictory,
    base,
    answer,
    isAsking,
    count,
    notes,
    typed,
    state,
    canUndo: steps.canUndo,
    canRedo: steps.canRedo,
    set: steps.set,
    change: steps.change,
    undo: steps.undo,
    redo: steps.redo,
    clear,
    takePicture,
    type,
    takeUp,
    browse,
    hear,
  }
})
