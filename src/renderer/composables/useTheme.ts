import { computed, ref, shallowRef, watchEffect, type ComputedRef, type ShallowRef } from 'vue'
import type { BirthColours } from '../logic/paint-birth'
import { greyPalette, type Palette, type Rgb } from '../logic/raster'
import { useSettingsStore } from '../stores/settings'

const systemDark = window.matchMedia('(prefers-color-scheme: dark)')
const isSystemDark = ref(systemDark.matches)
systemDark.addEventListener('change', (event) => {
  isSystemDark.value = event.matches
})

/** Makes the window follow the settings and the system; called once by the frame. */
export function useThemeOfWindow(): void {
  const settings = useSettingsStore()
  watchEffect(() => {
    const { theme } = settings
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  })
}

/** Whether the window is dark now. */
export function useIsDark(): ComputedRef<boolean> {
  const settings = useSettingsStore()
  return computed(() => (settings.theme === 'system' ? isSystemDark.value : settings.theme === 'dark'))
}

/** A token of the style sheet as it looks now, for canvases; `rgb(r, g, b)`. */
export function colourOf(token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  // Where the system chooses all colours, pictures still need two that differ.
  probe.style.forcedColorAdjust = 'none'
  probe.hidden = true
  document.documentElement.append(probe)
  const colour = getComputedStyle(probe).color
  probe.remove()
  return colour
}

function channelsOf(token: string): Rgb {
  const [red = 0, green = 0, blue = 0] = (colourOf(token).match(/[\d.]+/g) ?? []).map(Number)
  return [red, green, blue]
}

/** Colours that canvases draw with, by name, from tokens such as `--ink`; they change with the theme. */
export function useColours<Name extends string>(
  tokens: Record<Name, string>,
): Readonly<ShallowRef<Record<Name, string>>> {
  return useReadAgain(() => {
    const colours = { ...tokens }
    for (const name in tokens) colours[name] = colourOf(tokens[name])
    return colours
  })
}

/** Colours beside those of a picture that is being drawn. */
export function useBirthColours(): Readonly<ShallowRef<BirthColours>> {
  return useColours({
    ground: '--digit-ground',
    hatch: '--hairline-strong',
    focus: '--valid',
    expected: '--accent',
  })
}

/** How digits are drawn: ink on paper in light, light on dark in dark. */
export function useDigitPalette(): Readonly<ShallowRef<Palette>> {
  return useReadAgain(() => greyPalette(channelsOf('--digit-paper'), channelsOf('--digit-ink')))
}

/** A value read from the style sheet, read again whenever the theme has changed. */
function useReadAgain<T>(read: () => T): Readonly<ShallowRef<T>> {
  const isDark = useIsDark()
  const value = shallowRef(read())
  watchEffect(
    () => {
      void isDark.value
      value.value = read()
    },
    // After the attribute of the document has changed.
    { flush: 'post' },
  )
  return value
}
