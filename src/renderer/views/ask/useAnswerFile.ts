import { beliefSheet, type DrawnBelief } from './belief-sheet'
import { answerSheet, pictureSheet } from './picture-sheet'
import { evidenceFigure, formatBar, halfInterval } from './probability-words'
import { useKnownWords } from './known-words'
import { useVariableWords } from './variable-words'
import { ask } from '../../bridge'
import { useColours, useDigitPalette } from '../../composables/useTheme'
import { chosenValues, likeliestValues, valueChances, valueErrors } from '../../logic/evidence'
import { pngOf, svgOf, type Sheet } from '../../logic/sheet'
import { useAskingStore } from '../../stores/asking'
import type { WrittenAnswer } from '../../../shared/questions'
import { t } from '../../words'

/** As what an answer is written. */
export const ANSWER_KINDS = ['png', 'svg', 'csv'] as const satisfies readonly WrittenAnswer['kind'][]
export type AnswerKind = (typeof ANSWER_KINDS)[number]

/** Values of a column that are drawn at most, and columns. */
const [MOST_VALUES, MOST_COLUMNS] = [8, 120]

/** The answer that is shown, as a file, and the picture that was painted. */
export function useAnswerFile(): {
  /** Asks for a place and writes it there. @returns where; null if the person cancelled, or where there is no answer */
  readonly exportAnswer: (kind: AnswerKind) => Promise<{ readonly path: string } | null>
  /** The picture that was painted, as PNG; null where there is none. */
  readonly drawnPicture: () => Promise<Uint8Array | null>
} {
  const asking = useAskingStore()
  const palette = useDigitPalette()
  const colours = useColours({
    page: '--surface',
    frame: '--window',
    ground: '--digit-ground',
    hatch: '--hairline-strong',
    ink: '--ink',
    quiet: '--ink-2',
    track: '--sunken',
    ghost: '--hairline-strong',
    bar: '--train',
    mark: '--ink',
  })
  const { nameOf, wordOf } = useVariableWords()
  const known = useKnownWords()

  function sheet(): Sheet | null {
    const { answer, evidence, subject } = asking
    if (!answer || !evidence || !subject) return null
    const { columns, picture } = subject
    if (!picture) return beliefs()
    const endings = Array.from({ length: answer.draws.length / columns }, (_, i) =>
      answer.draws.subarray(i * columns, (i + 1) * columns),
    )
    return answerSheet(evidence, endings, picture, { palette: palette.value, page: colours.value.frame })
  }

  function beliefs(): Sheet | null {
    const { answer, base, variables, evidence } = asking
    if (!answer || !variables || !evidence) return null
    const told = Array.from({ length: Math.min(MOST_COLUMNS, variables.count) }, (_, variable): DrawnBelief => {
      const chances = valueChances(answer.marginals, variables, variable)
      const before = valueChances((base ?? answer).marginals, variables, variable)
      const errors = valueErrors(answer.standardErrors, variables, variable)
      const chosen = chosenValues(evidence, variables, variable)
      const values = likeliestValues(before, chosen, MOST_VALUES)
      return {
        name: nameOf(variable),
        isGiven: chosen.length > 0,
        bars: values.map((value) => ({
          word: wordOf(variable, value),
          told: formatBar(chances[value]),
          chance: chances[value],
          before: before[value],
          error: halfInterval(errors[value]),
        })),
      }
    })
    const heading = asking.isKnown
      ? [known.value.map(({ text }) => text).join(' · '), `${t('ask.evidence')}: ${evidenceFigure(answer)}`]
      : [asking.run?.name ?? '']
    return beliefSheet(heading, told, colours.value)
  }

  /** Every value of every column with its chance, how sure that is, and what it was without evidence; as scripts read it. */
  function table(): (string | number)[][] {
    const { answer, base, variables } = asking
    if (!answer || !variables) return []
    const rows: (string | number)[][] = [['column', 'value', 'probability', 'standard_error', 'without_evidence']]
    for (let variable = 0; variable < variables.count; variable++) {
      const before = valueChances((base ?? answer).marginals, variables, variable)
      const errors = valueErrors(answer.standardErrors, variables, variable)
      valueChances(answer.marginals, variables, variable).forEach((chance, value) =>
        rows.push([nameOf(variable), wordOf(variable, value), chance, errors[value], before[value]]),
      )
    }
    return rows
  }

  async function written(kind: AnswerKind): Promise<WrittenAnswer | null> {
    if (kind === 'csv') return { kind, rows: table() }
    const drawn = sheet()
    if (!drawn) return null
    return kind === 'svg'
      ? { kind, drawing: svgOf(drawn, colours.value) }
      : { kind, image: await pngOf(drawn, colours.value) }
  }

  return {
    exportAnswer: async (kind) => {
      const answer = await written(kind)
      return answer && ask('ask.export', answer)
    },
    drawnPicture: async () => {
      const { evidence, subject } = asking
      if (!evidence || !subject?.picture) return null
      return pngOf(pictureSheet(evidence, subject.picture, palette.value), colours.value)
    },
  }
}
