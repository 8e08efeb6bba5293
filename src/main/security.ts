import { app, protocol, session, type WebContents } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { rendererFolder } from './paths'
import { beginning, type PageBeginning } from './page-beginning'

const SCHEME = 'app'
const WINDOW_HOST = 'studio'
/** The hidden window is of another origin, so that Chromium keeps it in a process of its own. */
const ENGINE_HOST = 'engine'
/** A report that is printed: what it says comes from elsewhere, so that it is of an origin of its own. */
const REPORT_HOST = 'report'
export const PAGE_URL = `${SCHEME}://${WINDOW_HOST}/index.html`
export const ENGINE_URL = `${SCHEME}://${ENGINE_HOST}/engine.html`
export const REPORT_URL = `${SCHEME}://${REPORT_HOST}/report.html`

/** What a page may load: its own scripts, styles, fonts and pictures, and nothing from anywhere else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
/** The hidden window loads its program and nothing else. */
const ENGINE_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
/** A report runs nothing and reaches nobody; its styles and pictures stand in it, the fonts that come along lie beside it. */
const REPORT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
const POLICIES: Readonly<Partial<Record<string, string>>> = {
  [WINDOW_HOST]: CONTENT_SECURITY_POLICY,
  [ENGINE_HOST]: ENGINE_SECURITY_POLICY,
  [REPORT_HOST]: REPORT_SECURITY_POLICY,
}

/** Chromium's code for a load that another one replaced, as a reload does. */
export const LOAD_REPLACED = -3

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The report that is printed just now. */
let report: string | null = null

/** Has a report at `REPORT_URL` from now on; null: nothing. */
export function showReport(page: string | null): void {
  report = page
}

/** Before the application is ready: the page's own scheme, and no network for Chromium itself. */
export function prepareSecurity(): void {
  // The page's program is kept compiled from one start to the next.
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
  ])
  // Chromium refuses to run as root with its sandbox on; there the person has turned it off on the command line.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('disable-sync')
  app.on('web-contents-created', (_event, contents) => confine(contents))
}

/**
 * Once the application is ready: serves the page, refuses every permission but one and every other address.
 * @param begins how a page is to begin
 */
export function enforceSecurity(begins: () => PageBeginning): void {
  protocol.handle(SCHEME, (request) => servePage(request, begins()))
  session.defaultSession.setPermissionRequestHandler((contents, permission, answer) =>
    answer(mayBeDone(contents, permission)),
  )
  session.defaultSession.setPermissionCheckHandler(mayBeDone)
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowed(url) }))
}

/** The window puts pictures into the clipboard when a person copies one; it reads nothing there, and nobody may do anything else. */
function mayBeDone(contents: WebContents | null, permission: string): boolean {
  return permission === 'clipboard-sanitized-write' && contents?.getURL() === PAGE_URL
}

/** A window stays where it is and reaches nobody: no navigation, no new windows, no embedded pages, no packets. */
function confine(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // WebRTC knows no policy and no filter of requests, and would send packets anywhere.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  bringBack(contents)
}

/** Chromium asks nobody before it goes to an empty page (about:blank) or to one that cannot be: from there a window returns. */
function bringBack(contents: WebContents): void {
  let home: string | null = null
  const leftFor = (url: string): void => {
    // Another load replaces this one, or the window is closed: then there is nothing to return to.
    if (home !== null && url !== home) contents.loadURL(home).catch(() => undefined)
  }
  contents.on('did-navigate', (_event, url) => {
    home ??= url
    leftFor(url)
  })
  contents.on('did-fail-load', (_event, code, _description, url, isMainFrame) => {
    if (isMainFrame && code !== LOAD_REPLACED) leftFor(url)
  })
}

function isAllowed(url: string): boolean {
  const own = [
    `${SCHEME}://${WINDOW_HOST}/`,
    `blob:${SCHEME}://${WINDOW_HOST}/`,
    `${SCHEME}://${ENGINE_HOST}/`,
    `${SCHEME}://${REPORT_HOST}/`,
    'devtools:',
  ]
  return own.some((start) => url.startsWith(start))
}

async function servePage(request: Request, begins: PageBeginning): Promise<Response> {
  const { host, pathname } = new URL(request.url)
  const path = pathTo(pathname)
  const policy = POLICIES[host]
  // Whatever cannot be read is not there for a page.
  const isReport = request.url === REPORT_URL && report !== null
  const body =
    policy === undefined || path === null
      ? null
      : isReport
        ? Buffer.from(report ?? '')
        : await readFile(path).catch(() => null)
  if (policy === undefined || path === null || body === null) return new Response(null, { status: 404 })
  const headers = {
    'Content-Type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
  }
  return new Response(
    extname(path) === '.html' && !isReport ? beginning(body.toString('utf8'), begins) : new Uint8Array(body),
    {
      headers,
    },
  )
}

/** The file of a page that an address names, or null where it names none within their folder. */
function pathTo(pathname: string): string | null {
  try {
    const path = normalize(join(rendererFolder, decodeURIComponent(pathname)))
    return path.startsWith(rendererFolder + sep) ? path : null
  } catch {
    // No text is encoded so.
    return null
  }
}
