import type { english } from '../english'
import type { Translation } from '../translation'
import { commandLine } from './command-line'
import { commandLineHelp } from './command-line-help'
import { commandLineOutput } from './command-line-output'
import { common } from './common'
import { computing } from './computing'
import { dataView } from './data-view'
import { engines } from './engines'
import { enginesGpu } from './engines-gpu'
import { frame } from './frame'
import { glossary } from './glossary'
import { issues } from './issues'
import { learnView } from './learn-view'
import { model } from './model'
import { modelView } from './model-view'
import { numbers } from './numbers'
import { preparing } from './preparing'
import { readingArrays } from './reading-arrays'
import { readingTables } from './reading-tables'
import { readingText } from './reading-text'
import { runs } from './runs'
import { runsView } from './runs-view'
import { samplesView } from './samples-view'
import { settingsView } from './settings-view'
import { trainView } from './train-view'

/** Every message, in Korean (합니다, as a friendly program speaks; terms as in docs/glossary.md). */
export const korean: Translation<typeof english> = {
  ...common,
  ...issues,
  ...readingText,
  ...readingArrays,
  ...readingTables,
  ...preparing,
  ...model,
  ...runs,
  ...engines,
  ...enginesGpu,
  ...computing,
  ...commandLine,
  ...commandLineHelp,
  ...commandLineOutput,
  ...frame,
  ...numbers,
  ...settingsView,
  ...dataView,
  ...modelView,
  ...trainView,
  ...samplesView,
  ...runsView,
  ...learnView,
  ...glossary,
}
