import type { Page } from 'playwright-core'

/**
 * What a person cannot get to see or to press in the window as it is, one line each: what takes the focus and, scrolled to, does not
 * lie wholly in the window or is covered by something else; text that, scrolled to, is covered; and text that is cut off where nothing
 * scrolls and no title tells the rest.
 * @param within a selector: what is looked at, the whole page unless it is given
 */
export function outOfReach(page: Page, within = 'body'): Promise<string[]> {
  return page.evaluate((selector) => {
    /** Pixels by which the places of what is drawn may differ from those of what is asked. */
    const ROUNDING = 1.5
    const root = document.querySelector(selector)
    if (root === null) return [`${selector} is not there`]
    const all = [...root.querySelectorAll<HTMLElement>('*')].filter(
      (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.hidden-visually'),
    )
    const found = new Set<string>()

    /** What is pressed for an element: radio buttons lie unseen in what names them. */
    const pressed = (element: HTMLElement): HTMLElement =>
      element instanceof HTMLInputElement && getComputedStyle(element).opacity === '0'
        ? (element.closest('label') ?? element)
        : element
    const nameOf = (element: HTMLElement): string => {
      const words = element.getAttribute('aria-label') ?? element.textContent
      return `${element.tagName.toLowerCase()}.${element.className || '–'} “${words.trim().replace(/\s+/g, ' ').slice(0, 60)}”`
    }
    const isFocusable = (element: HTMLElement): boolean =>
      element.tabIndex >= 0 && element.matches('a[href], button, input, select, textarea, summary, [tabindex]')
    const hasText = (element: Element): boolean =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '')
    /** Whether what is seen at a point belongs to an element. */
    const isSeenAt = (element: HTMLElement, x: number, y: number): boolean => {
      const hit = document.elementFromPoint(x, y)
      if (hit === null) return false
      const control = 'label, button, summary, svg'
      const around = element.closest(control)
      return element.contains(hit) || hit.contains(element) || (around !== null && around === hit.closest(control))
    }

    for (const element of all) {
      const target = pressed(element)
      const isText = hasText(element)
      if (!isText && !isFocusable(element)) continue
      // What lets the pointer through is not found under it.
      if (getComputedStyle(target).pointerEvents === 'none') continue
      target.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
      const boxes = [...target.getClientRects()].filter(({ width, height }) => width > 0 && height > 0)
      if (boxes.length === 0) continue
      if (isFocusable(element))
        for (const { left, top, right, bottom } of boxes)
          if (left < -ROUNDING || top < -ROUNDING || right > innerWidth + ROUNDING || bottom > innerHeight + ROUNDING)
            found.add(`not wholly in the window: ${nameOf(element)}`)
      const [{ left, top, width, height }] = boxes
      if (!isSeenAt(target, left + width / 2, top + height / 2)) found.add(`covered: ${nameOf(element)}`)
    }

    const cutting = new Set(['hidden', 'clip'])
    for (const element of [document.documentElement, document.body, ...all]) {
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element)
      if (element.textContent.trim() === '' || element instanceof SVGElement) continue
      const isPage = element === document.documentElement || element === document.body
      const isCutAcross =
        (isPage || cutting.has(overflowX)) &&
        element.scrollWidth > element.clientWidth + ROUNDING &&
        element.clientWidth > 0
      const isCutBelow =
        (isPage || cutting.has(overflowY)) &&
        element.scrollHeight > element.clientHeight + ROUNDING &&
        element.clientHeight > 0
      if (!isCutAcross && !isCutBelow) continue
      const title = element.closest('[title]')?.getAttribute('title') ?? ''
      const isTold = textOverflow === 'ellipsis' && title.includes(element.textContent.trim())
      if (!isTold) found.add(`cut off: ${nameOf(element)}`)
    }
    return [...found]
  }, within)
}
