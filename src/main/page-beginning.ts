import type { ViewId } from '../shared/views'
import type { Language } from '../words/languages'

/** What a page is told before it draws anything. */
export interface PageBeginning {
  /** The one that it is to speak. */
  readonly language: Language
  /** What it shows first. */
  readonly view: ViewId
}

/**
 * A page that says in its first tag how it begins, where its program reads that.
 * @param page its HTML
 */
export function beginning(page: string, { language, view }: PageBeginning): string {
  return page.replace(/<html lang="[^"]*"/, `<html lang="${language}" data-view="${view}"`)
}
