import { computed, type ComputedRef } from 'vue'
import { useVariableWords } from './variable-words'
import { chosenValues } from '../../logic/evidence'
import { useAskingStore } from '../../stores/asking'
import { either, t } from '../../words'

/** What is known of one variable, in words. */
export interface KnownWords {
  readonly variable: number
  readonly text: string
}

/** What is known of the row of a table, variable by variable. */
export function useKnownWords(): ComputedRef<readonly KnownWords[]> {
  const asking = useAskingStore()
  const { nameOf, wordOf } = useVariableWords()
  return computed(() => {
    const { evidence, variables, isPicture } = asking
    if (!evidence || !variables || isPicture) return []
    return Array.from({ length: variables.count }, (_, v) => v).flatMap((variable) => {
      const values = chosenValues(evidence, variables, variable).map((value) => wordOf(variable, value))
      return values.length === 0
        ? []
        : [{ variable, text: t('ask.chip', { name: nameOf(variable), values: either(values) }) }]
    })
  })
}
