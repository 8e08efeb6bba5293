import { atOnce } from '../../../src/base/steps'
import { prepare } from '../../../src/data/preparation/prepare'
import { suggestedPreparation } from '../../../src/data/preparation/suggestion'
import { SPLITS } from '../../../src/data/split'
import { preparationSchema } from '../../../src/shared/run-config'
import { doneOrRefused, require } from '../checks/fault'
import { checkPreparation } from '../checks/prepared'
import { oneFile, type Input } from '../input'
import { changeInput } from '../mutations/inputs'
import type { Target } from '../target'
import { fixtures, fixturesNamed, tableOf } from './table-files'

const SETTINGS = 'preparation.json'

/** Settings of a preparation, as the window or a run.json may hold them, on tables of every kind. */
export const PREPARATION_TARGET: Target = {
  name: 'preparation',
  what: 'settings by which tables become bits',
  share: 80,
  async seeds() {
    const tables = [
      ...fixturesNamed(/people\.csv|words|exponents|digits/, 'readers', 'text'),
      ...fixtures('readers', 'arff'),
      ...fixtures('readers', 'libsvm'),
      ...fixturesNamed(/x_train|floats/, 'readers', 'numpy'),
      ...fixturesNamed(/t10k-images/, 'readers', 'idx'),
      GAPS,
    ]
    return Promise.all(
      tables.map(async (table) => {
        const preparation = suggestedPreparation(await tableOf(table))
        return new Map([...table, ...oneFile(SETTINGS, JSON.stringify(preparation))])
      }),
    )
  },
  // Mostly the settings, seldom the table.
  change: (input, other, draws) => {
    if (draws.chance(0.2)) return changeInput(input, other, draws)
    const settings = (from: Input): Input => new Map([[SETTINGS, from.get(SETTINGS) ?? new Uint8Array()]])
    return new Map([...input, ...changeInput(settings(input), settings(other), draws)])
  },
  run: (input) =>
    doneOrRefused(async () => {
      const settings = preparationSchema.safeParse(jsonIn(input.get(SETTINGS)))
      if (!settings.success) return 'no settings'
      const table = await tableOf(new Map([...input].filter(([name]) => name !== SETTINGS)))
      checkPreparation(table, settings.data)
      const [once, again] = [0, 1].map(() => atOnce(prepare(table, settings.data)).splits)
      for (const split of SPLITS)
        require(Buffer.compare(bytesOf(once[split].words), bytesOf(again[split].words)) ===
          0, 'prepared twice, a table became other bits')
      return 'prepared'
    }),
}

/** Values of all kinds, some of them missing. */
const GAPS = oneFile(
  'gaps.csv',
  `number,whole,word,bit,class\n${Array.from({ length: 40 }, (_, i) => `${i % 7 === 0 ? '' : i / 3},${i % 5 === 0 ? '?' : i},w${i % 6},${i % 3 === 0 ? '' : i % 2},c${i % 2}`).join('\n')}\n`,
)

function jsonIn(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown
  } catch {
    return undefined
  }
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength)
}
