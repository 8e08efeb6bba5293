import type { english } from '../english'
import type { Translation } from '../translation'
import { askView } from './ask-view'
import { commandLine } from './command-line'
import { commandLineHelp } from './command-line-help'
import { commandLineOutput } from './command-line-output'
import { common } from './everywhere'
import { compareView } from './compare-view'
import { computing } from './computing'
import { dataSources } from './data-sources'
import { dataView } from './data-view'
import { dataViewPreparation } from './data-view-preparation'
import { engines } from './engines'
import { files } from './files'
import { fields } from './fields'
import { enginesGpu } from './engines-gpu'
import { frame } from './frame'
import { frameDialogs } from './frame-dialogs'
import { frameMenu } from './frame-menu'
import { frameParts } from './frame-parts'
import { glossary } from './glossary'
import { groups } from './groups'
import { homeView } from './home-view'
import { issues } from './issues'
import { labels } from './labels'
import { learnView } from './learn-view'
import { learnViewFigures } from './learn-view-figures'
import { model } from './model'
import { modelFile } from './model-file'
import { modelView } from './model-view'
import { numbers } from './numbers'
import { parcel } from './parcel'
import { preparing } from './preparing'
import { readingAdvice } from './reading-advice'
import { readingArchives } from './reading-archives'
import { readingArrays } from './reading-arrays'
import { readingArraysColumns } from './reading-arrays-columns'
import { readingArraysHdf5 } from './reading-arrays-hdf5'
import { readingTables } from './reading-tables'
import { readingText } from './reading-text'
import { readingTextUnread } from './reading-text-unread'
import { readingFormats } from './reading-formats'
import { readingMatrices } from './reading-matrices'
import { readingPictures } from './reading-pictures'
import { readingWorkbooks } from './reading-workbooks'
import { report } from './report'
import { runs } from './runs'
import { runsView } from './runs-view'
import { samplesView } from './samples-view'
import { settingsView } from './settings-view'
import { sweeps } from './sweeps'
import { tableWords } from './table-words'
import { trainView } from './train-view'
import { verdict } from './verdict'
import { verification } from './verification'
import { views } from './views'

/** Every message, in Korean (합니다, as a friendly program speaks; terms as in docs/glossary.md). */
export const korean: Translation<typeof english> = {
  ...common,
  ...homeView,
  ...issues,
  ...readingText,
  ...readingTextUnread,
  ...readingArrays,
  ...readingArraysHdf5,
  ...readingArraysColumns,
  ...readingTables,
  ...readingAdvice,
  ...readingArchives,
  ...readingFormats,
  ...readingMatrices,
  ...readingPictures,
  ...readingWorkbooks,
  ...dataSources,
  ...preparing,
  ...model,
  ...modelFile,
  ...tableWords,
  ...verdict,
  ...views,
  ...files,
  ...runs,
  ...report,
  ...parcel,
  ...verification,
  ...engines,
  ...enginesGpu,
  ...computing,
  ...commandLine,
  ...commandLineHelp,
  ...commandLineOutput,
  ...sweeps,
  ...groups,
  ...frame,
  ...frameParts,
  ...frameMenu,
  ...frameDialogs,
  ...numbers,
  ...settingsView,
  ...dataView,
  ...dataViewPreparation,
  ...fields,
  ...modelView,
  ...trainView,
  ...samplesView,
  ...askView,
  ...runsView,
  ...compareView,
  ...labels,
  ...learnView,
  ...learnViewFigures,
  ...glossary,
}
