import { answerSheet } from './answer-sheet'
import { useVariableWords } from './variable-words'
import { ask } from '../../bridge'
import { useColours, useDigitPalette } from '../../composables/useTheme'
import { valueChances } from '../../logic/evidence'
import { useAskingStore } from '../../stores/asking'
import { useWindowStore } from '../../stores/window'
import type { WrittenAnswer } from '../../../shared/questions'
import { say } from '../../../words/say'

/** The answer that is shown, as a file: a picture, or a table. */
export function useAnswerFile(): { readonly exportAnswer: () => Promise<void> } {
  const asking = useAskingStore()
  const screen = useWindowStore()
  const palette = useDigitPalette()
  const colours = useColours({ page: '--surface', ground: '--digit-ground', hatch: '--hairline-strong' })
  const { nameOf, wordOf } = useVariableWords()

  async function sheet(): Promise<Uint8Array | null> {
    const { answer, evidence, subject } = asking
    if (!answer || !evidence || !subject?.picture) return null
    const { columns, picture } = subject
    const endings = Array.from({ length: answer.draws.length / columns }, (_, i) =>
      answer.draws.subarray(i * columns, (i + 1) * columns).map((bit) => 255 * bit),
    )
    return answerSheet(evidence, endings, picture, { palette: palette.value, ...colours.value })
  }

  /** Every value of every column with its chance, how sure that is, and what it was without evidence; as scripts read it. */
  function table(): (string | number)[][] {
    const { answer, base, variables } = asking
    if (!answer || !variables) return []
    const rows: (string | number)[][] = [['column', 'value', 'probability', 'standard_error', 'without_evidence']]
    for (let variable = 0; variable < variables.count; variable++) {
      const chances = valueChances(answer.marginals, variables, variable)
      const before = valueChances((base ?? answer).marginals, variables, variable)
      const isBinary = variables.kinds[variable] === 'binary'
      chances.forEach((chance, value) => {
        const error = answer.standardErrors[variables.first[variable] + (isBinary ? 0 : value)]
        rows.push([nameOf(variable), wordOf(variable, value), chance, error, before[value]])
      })
    }
    return rows
  }

  async function exportAnswer(): Promise<void> {
    await screen.guard('ask', async () => {
      const image = await sheet()
      const written: WrittenAnswer = image ? { kind: 'png', image } : { kind: 'csv', rows: table() }
      const place = await ask('ask.export', written)
      if (place) screen.notice(say('ask.exported'), null, place.path)
    })
  }

  return { exportAnswer }
}
