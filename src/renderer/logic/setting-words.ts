import { settingWordsFor } from '../../shared/setting-words'
import { locale, t } from '../words'

export { ACTIVATION_NAMES, OPTIMIZER_NAMES } from '../../shared/setting-words'

export const { dataTitle, dataWords, orderingWords, optimizerWords, scheduleWords, settingsOf } = settingWordsFor({
  locale,
  t,
})
