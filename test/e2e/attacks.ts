/**
 * What a page that somebody else has got hold of would try. Each function runs within a page, so that it may use nothing
 * from outside itself, and tells what it could do.
 */

/** Tries to connect out in every way that a page has. @returns the ways that were not refused */
export async function reachOut({ http, ws, stun }: { http: string; ws: string; stun: string }): Promise<string[]> {
  const outcome = (start: (succeed: () => void, fail: () => void) => void): Promise<boolean> =>
    new Promise((resolve) => {
      try {
        start(
          () => resolve(true),
          () => resolve(false),
        )
      } catch {
        resolve(false)
      }
    })
  const element = (name: string, attributes: Record<string, string>): Promise<boolean> =>
    outcome((succeed, fail) => {
      const made = Object.assign(document.createElement(name), attributes)
      made.onload = succeed
      made.onerror = fail
      document.documentElement.append(made)
    })
  const ways: Record<string, Promise<boolean>> = {
    fetch: fetch(http, { mode: 'no-cors' }).then(
      () => true,
      () => false,
    ),
    XMLHttpRequest: outcome((succeed, fail) => {
      const request = new XMLHttpRequest()
      request.onload = succeed
      request.onerror = fail
      request.open('GET', http)
      request.send()
    }),
    WebSocket: outcome((succeed, fail) => {
      const socket = new WebSocket(ws)
      socket.onopen = succeed
      socket.onerror = fail
    }),
    EventSource: outcome((succeed, fail) => {
      const source = new EventSource(http)
      source.onopen = succeed
      source.onerror = fail
    }),
    script: element('script', { src: `${http}a.js` }),
    module: element('script', { type: 'module', src: `${http}b.js` }),
    style: element('link', { rel: 'stylesheet', href: `${http}c.css` }),
    picture: element('img', { src: `${http}d.png` }),
    sound: element('audio', { src: `${http}e.wav` }),
    font: new FontFace('Foreign', `url(${http}g.woff2)`).load().then(
      () => true,
      () => false,
    ),
    worker: outcome((succeed, fail) => {
      const worker = new Worker(`${http}h.js`)
      worker.onmessage = succeed
      worker.onerror = fail
    }),
    WebRTC: outcome((succeed, fail) => {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: stun }] })
      connection.createDataChannel('out')
      connection.onicecandidate = ({ candidate }) => {
        if (candidate) succeed()
        else fail()
      }
      void connection.createOffer().then((offer) => connection.setLocalDescription(offer))
    }),
  }
  // Nothing tells how these end: the listener does.
  navigator.sendBeacon(http)
  document.documentElement.append(Object.assign(document.createElement('embed'), { src: http }))
  for (const rel of ['prefetch', 'preconnect', 'dns-prefetch', 'modulepreload', 'icon', 'manifest'])
    document.head.append(Object.assign(document.createElement('link'), { rel, href: http }))
  const outcomes = await Promise.all(Object.entries(ways).map(async ([way, reached]) => ((await reached) ? way : null)))
  return outcomes.filter((way) => way !== null)
}

/** Tries to run code that did not come with the application. @returns the ways that ran */
export async function runForeignCode(): Promise<string[]> {
  const scope = globalThis as unknown as { ran: string[] }
  scope.ran = []
  const inPage = (name: string, attributes: Record<string, string>): void => {
    document.documentElement.append(Object.assign(document.createElement(name), attributes))
  }
  // The policy lets a debugger's own call use eval; what a page does later is the page's.
  await new Promise<void>((resolve) =>
    setTimeout(() => {
      for (const [way, run] of [
        ['eval', () => void (0, eval)("ran.push('eval')")],
        // oxlint-disable-next-line typescript/no-implied-eval, typescript/no-unsafe-call
        ['Function', () => void new Function("ran.push('Function')")()],
        // oxlint-disable-next-line typescript/no-implied-eval
        ['a timer', () => void setTimeout("ran.push('a timer')")],
        ['a script in the page', () => inPage('script', { textContent: "ran.push('a script in the page')" })],
        ['a data: script', () => inPage('script', { src: "data:text/javascript,ran.push('a data: script')" })],
        [
          'a blob: script',
          () => inPage('script', { src: URL.createObjectURL(new Blob(["ran.push('a blob: script')"])) }),
        ],
        [
          'an event handler',
          () => {
            const picture = document.createElement('img')
            picture.setAttribute('onerror', "ran.push('an event handler')")
            picture.src = 'app://studio/nothing.png'
            document.documentElement.append(picture)
          },
        ],
        [
          'a javascript: link',
          () => {
            const link = Object.assign(document.createElement('a'), {
              href: "javascript:ran.push('a javascript: link')",
            })
            document.documentElement.append(link)
            link.click()
          },
        ],
        [
          'a worker of its own',
          () => {
            const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(0)'])))
            worker.onmessage = () => scope.ran.push('a worker of its own')
          },
        ],
      ] as const)
        try {
          run()
        } catch (error) {
          if (!(error instanceof EvalError) && !(error instanceof DOMException))
            scope.ran.push(`${way}: ${String(error)}`)
        }
      resolve()
    }),
  )
  // Whatever was let through runs before a picture of the application's own is there.
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => {
      const image = new Image()
      image.onload = image.onerror = resolve
      image.src = `app://${location.host}/index.html?${i}`
    })
    await new Promise((resolve) => setTimeout(resolve))
  }
  return scope.ran
}

/** Asks for everything that a page has to ask for. @returns what was not refused */
export async function askForPermissions(): Promise<string[]> {
  const given: string[] = []
  const ask = async (what: string, request: () => Promise<unknown>): Promise<void> => {
    try {
      const answer = await request()
      if (answer !== 'denied') given.push(`${what}: ${String(answer)}`)
    } catch (error) {
      if (!(error instanceof DOMException) && !(error instanceof TypeError)) given.push(`${what}: ${String(error)}`)
    }
  }
  const names = [
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'midi',
    'clipboard-read',
    'persistent-storage',
    'background-sync',
    'storage-access',
    'idle-detection',
    'local-fonts',
    'window-management',
    'screen-wake-lock',
  ]
  for (const name of names)
    await ask(name, async () => (await navigator.permissions.query({ name: name as PermissionName })).state)
  await ask('Notification', () => Notification.requestPermission())
  await ask('a camera', () => navigator.mediaDevices.getUserMedia({ video: true }))
  await ask('the screen', () => navigator.mediaDevices.getDisplayMedia({ video: true }))
  await ask('the clipboard', () => navigator.clipboard.readText())
  await ask('midi', () => navigator.requestMIDIAccess({ sysex: true }))
  await ask(
    'a place',
    () =>
      new Promise((resolve, reject) =>
        navigator.geolocation.getCurrentPosition(resolve, ({ code }) =>
          code === GeolocationPositionError.PERMISSION_DENIED
            ? resolve('denied')
            : reject(new Error(`geolocation: ${code}`)),
        ),
      ),
  )
  const devices = navigator as unknown as Record<string, { requestDevice?: unknown; requestPort?: unknown } | undefined>
  for (const [bus, request] of [
    ['usb', 'requestDevice'],
    ['hid', 'requestDevice'],
    ['serial', 'requestPort'],
    ['bluetooth', 'requestDevice'],
  ] as const) {
    const choose = devices[bus]?.[request as 'requestDevice'] as ((filters: unknown) => Promise<unknown>) | undefined
    if (!choose) continue
    await ask(bus, async () => {
      const chosen = await choose.call(devices[bus], bus === 'bluetooth' ? { acceptAllDevices: true } : { filters: [] })
      return Array.isArray(chosen) && chosen.length === 0 ? 'denied' : chosen
    })
  }
  return given
}

/** Leads the page elsewhere by what is in it. */
export function goBy([way, to]: readonly [way: string, to: string]): void {
  const made = document.createElement(way === 'link' ? 'a' : way === 'form' ? 'form' : 'meta')
  if (made instanceof HTMLAnchorElement) made.href = to
  if (made instanceof HTMLFormElement) Object.assign(made, { action: to, method: 'post' })
  if (made instanceof HTMLMetaElement) Object.assign(made, { httpEquiv: 'refresh', content: `0; url=${to}` })
  document.head.append(made)
  setTimeout(() => {
    if (made instanceof HTMLFormElement) made.submit()
    else made.click()
  })
}
