import type { Language } from '../words/languages'

/**
 * A page that says in its first tag which language it speaks: its program reads that before it draws anything.
 * @param page its HTML
 */
export function speaking(page: string, language: Language): string {
  return page.replace(/<html lang="[^"]*"/, `<html lang="${language}"`)
}
