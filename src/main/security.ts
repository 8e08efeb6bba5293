import { app, protocol, session, type WebContents } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { rendererFolder } from './paths'

const SCHEME = 'app'
export const PAGE_URL = `${SCHEME}://studio/index.html`

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

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Before the application is ready: the page's own scheme, and no network for Chromium itself. */
export function prepareSecurity(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])
  // Chromium refuses to run as root with its sandbox on; there the person has turned it off on the command line.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('disable-component-update')
  app.commandLine.appendSwitch('disable-sync')
  app.on('web-contents-created', (_event, contents) => confine(contents))
}

/** Once the application is ready: serves the page, refuses permissions and every other address. */
export function enforceSecurity(): void {
  protocol.handle(SCHEME, servePage)
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowed(url) }))
}

/** A window stays where it is: no navigation, no new windows, no embedded pages. */
function confine(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

function isAllowed(url: string): boolean {
  return url.startsWith(`${SCHEME}://studio/`) || url.startsWith(`blob:${SCHEME}://studio/`) || url.startsWith('devtools:')
}

async function servePage(request: Request): Promise<Response> {
  const { host, pathname } = new URL(request.url)
  const path = normalize(join(rendererFolder, decodeURIComponent(pathname)))
  if (host !== 'studio' || !path.startsWith(rendererFolder + sep)) return new Response(null, { status: 404 })
  const body = await readFile(path).catch(() => null)
  if (!body) return new Response(null, { status: 404 })
  const headers = {
    'Content-Type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
  }
  return new Response(new Uint8Array(body), { headers })
}
