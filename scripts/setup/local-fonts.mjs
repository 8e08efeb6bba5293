const FONT_STYLES = /\/node_modules\/@fontsource\/[^/]+\/[^/]+\.css$/

/**
 * A plugin of Vite for the styles of Fontsource, which are made for the network: only WOFF2 comes along, since Chromium needs
 * no other, and text waits the moment that a file beside the program takes, rather than being drawn as boxes first.
 * @returns {import('vite').Plugin}
 */
export function localFonts() {
  return {
    name: 'made-studio:local-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!FONT_STYLES.test(id.replaceAll('\\', '/'))) return null
      return code
        .replaceAll(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, '')
        .replaceAll('font-display: swap', 'font-display: block')
    },
  }
}
