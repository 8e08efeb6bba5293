import { learntLabelTitle } from '../../logic/data-texts'
import { useAskingStore } from '../../stores/asking'
import { t, tell } from '../../words'
import type { NamedVariable } from '../../../shared/questions'

/** What the variables of the model that is asked are called, and their values. */
export function useVariableWords(): {
  readonly nameOf: (variable: number) => string
  readonly wordOf: (variable: number, value: number) => string
} {
  const asking = useAskingStore()
  const said = (name: NamedVariable['name']): string => (typeof name === 'string' ? name : tell(name))
  return {
    nameOf: (variable) => {
      const { named, label } = asking.subject ?? {}
      if (named) return said(named[variable].name)
      const title = asking.run && learntLabelTitle(asking.run)
      return label?.variable === variable ? (title ?? said(label.name)) : t('ask.input', { number: variable + 1 })
    },
    wordOf: (variable, value) => {
      const { named, label } = asking.subject ?? {}
      const word = named?.[variable].values[value]
      if (word !== undefined) return word ?? t('ask.no-value')
      return label?.variable === variable ? label.words[value] : String(value)
    },
  }
}
