import { shallowRef, watch, type ShallowRef } from 'vue'
import { ask, attempt } from '../../bridge'
import type { Failure } from '../../../base/failure'
import type { Foreseen, SampleBirth, SampleSource } from '../../../shared/samples'

/** The sample that is asked for. */
export interface AskedBirth {
  readonly source: SampleSource
  readonly index: number
}

/** How a sample came about. */
export interface Birth {
  /** The newest that is here; null until one is. */
  readonly birth: Readonly<ShallowRef<SampleBirth | null>>
  /** What was expected meanwhile; null while it is not known or not wanted. */
  readonly foreseen: Readonly<ShallowRef<Foreseen | null>>
  readonly failure: Readonly<ShallowRef<Failure | null>>
}

/**
 * Loads the birth of a sample, and of another one as soon as that is asked for.
 * @param asked null for none
 * @param isForeseeing whether it is wanted what was expected meanwhile
 * @param onBorn is told when a birth is here
 */
export function useBirth(
  asked: () => AskedBirth | null,
  isForeseeing: () => boolean,
  onBorn: (birth: SampleBirth, isFirst: boolean) => void,
): Birth {
  const birth = shallowRef<SampleBirth | null>(null)
  const foreseen = shallowRef<Foreseen | null>(null)
  const failure = shallowRef<Failure | null>(null)
  let newest = 0

  async function load(wanted: AskedBirth | null): Promise<void> {
    const number = ++newest
    failure.value = null
    if (!wanted) return
    const answer = await attempt(ask('samples.birth', { ...wanted }))
    // Another one has been asked for meanwhile.
    if (number !== newest) return
    if ('failure' in answer) {
      if (answer.failure.code !== 'cancelled') failure.value = answer.failure
      return
    }
    const isFirst = birth.value === null
    foreseen.value = null
    birth.value = answer.value
    onBorn(answer.value, isFirst)
    await look(wanted, number)
  }

  /** Where it is not known what is expected, the birth is shown without it. */
  async function look(wanted: AskedBirth, number: number): Promise<void> {
    if (!isForeseeing() || birth.value?.isTable) return
    const answer = await attempt(ask('samples.foreseen', { ...wanted }))
    if (number === newest && isForeseeing() && 'value' in answer) foreseen.value = answer.value
  }

  watch(
    () => JSON.stringify(asked()),
    () => load(asked()),
    { immediate: true },
  )
  watch(isForeseeing, (wants) => {
    const wanted = asked()
    if (!wants) foreseen.value = null
    else if (wanted && birth.value) void look(wanted, newest)
  })
  return { birth, foreseen, failure }
}
