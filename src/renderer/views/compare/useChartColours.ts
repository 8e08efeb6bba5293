import { computed, type ComputedRef } from 'vue'
import type { CompareColours } from './compare-chart'
import { useColours } from '../../composables/useTheme'

/** The colours that the charts of compared runs are drawn in. */
export function useChartColours(): ComputedRef<CompareColours> {
  const tokens = useColours({
    '0': '--hue-0',
    '1': '--hue-1',
    '2': '--hue-2',
    '3': '--hue-3',
    '4': '--hue-4',
    '5': '--hue-5',
    '6': '--hue-6',
    '7': '--hue-7',
    ink: '--ink',
    quiet: '--ink-3',
    hairline: '--hairline',
    surface: '--surface',
  })
  return computed(() => {
    const { ink, quiet, hairline, surface, ...hues } = tokens.value
    return { ink, quiet, hairline, surface, hues: Object.values(hues) }
  })
}
