import type { TooltipOptions } from 'chart.js'

/** The colours that charts have in common. */
export interface ChartInks {
  readonly ink: string
  readonly quiet: string
  readonly hairline: string
  readonly surface: string
}

interface Font {
  readonly size: number
  readonly family: string
}

/** How charts look: quiet axes, and a tooltip like a card. */
export interface ChartLook {
  /** The title of an axis. */
  readonly title: (text: string) => { display: true; text: string; color: string; font: Font }
  readonly ticks: { readonly color: string; readonly font: Font }
  readonly grid: { readonly color: string; readonly tickColor: string }
  readonly tooltip: Pick<
    TooltipOptions,
    | 'displayColors'
    | 'backgroundColor'
    | 'borderColor'
    | 'borderWidth'
    | 'titleColor'
    | 'bodyColor'
    | 'padding'
    | 'caretSize'
    | 'cornerRadius'
  > & { readonly titleFont: Font & { weight: number }; readonly bodyFont: Font }
}

/** @returns the look in a theme's colours, in the font of the page */
export function chartLook({ ink, quiet, hairline, surface }: ChartInks): ChartLook {
  const font: Font = { size: 11, family: getComputedStyle(document.body).fontFamily }
  return {
    title: (text) => ({ display: true, text, color: quiet, font }),
    ticks: { color: quiet, font },
    grid: { color: hairline, tickColor: 'transparent' },
    tooltip: {
      displayColors: false,
      backgroundColor: surface,
      borderColor: hairline,
      borderWidth: 1,
      titleColor: ink,
      bodyColor: ink,
      titleFont: { ...font, weight: 600 },
      bodyFont: font,
      padding: 8,
      caretSize: 0,
      cornerRadius: 6,
    },
  }
}
