import type { ElectronApplication, Page } from 'playwright-core'

/** The compute process, once it runs. */
export function computePids(app: ElectronApplication): Promise<number[]> {
  return app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ name }) => name === 'MADE Studio compute')
      .map(({ pid }) => pid),
  )
}

/** Makes a request as the page does. */
export function request(page: Page, channel: string, params?: unknown): Promise<unknown> {
  return page.evaluate(
    ([name, value]) =>
      (Reflect.get(globalThis, 'studio') as { request(...parts: unknown[]): Promise<unknown> }).request(name, value),
    [channel, params] as const,
  )
}

/** Whether a process is there; one that has ended and waits for nobody to hear of it is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
