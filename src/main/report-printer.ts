import { BrowserWindow } from 'electron'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rendererFolder } from './paths'
import { REPORT_URL, showReport } from './security'

const OWN_POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/
/** Nothing is laid out before: Chromium goes on printing boxes in place of letters that it once had no face for. */
const READY = 'ready'
/** No program of the page runs, by its policy; this one waits until there is a face for every letter, which are cut into many files. */
const FONTS_THERE = `Promise.all([400, 600].map((weight) => document.fonts.load(weight + ' 16px "Noto Sans KR"', document.body.textContent)))
  .then(() => document.documentElement.classList.add('${READY}'))`
const FONT_FACE = /@font-face\s*\{[^}]*\}/g

/** One after another: all are shown at one address. */
let last: Promise<unknown> = Promise.resolve()

/**
 * A page of a report as PDF, on A4, by Chromium's printing in a hidden, sandboxed window in which no program runs.
 * @param page its HTML
 */
export function printReport(page: string): Promise<Uint8Array> {
  const printed = last.then(() => print(page))
  last = printed.catch(() => undefined)
  return printed
}

async function print(page: string): Promise<Uint8Array> {
  const faces = await fontFaces()
  // What it may load is said by whoever serves it: its own policy knows no fonts.
  showReport(page.replace(OWN_POLICY, '').replace('<style>', `<style>${faces}html:not(.${READY}) main{display:none}`))
  const window = new BrowserWindow({
    show: false,
    title: 'MADE Studio report',
    skipTaskbar: true,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    },
  })
  try {
    await window.loadURL(REPORT_URL)
    await window.webContents.executeJavaScript(FONTS_THERE)
    return await window.webContents.printToPDF({
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
    })
  } finally {
    window.destroy()
    showReport(null)
  }
}

/** The faces that come along, for systems that have none of their own for Hangul. */
async function fontFaces(): Promise<string> {
  const folder = join(rendererFolder, 'assets')
  const styles = (await readdir(folder)).filter((name) => name.endsWith('.css'))
  const texts = await Promise.all(styles.map((name) => readFile(join(folder, name), 'utf8')))
  return texts
    .flatMap((text) => text.match(FONT_FACE) ?? [])
    .join('')
    .replaceAll('url(./', 'url(./assets/')
}
