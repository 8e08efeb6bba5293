import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { beginning } from '../../src/main/page-beginning'
import { LANGUAGE_CHOICES, languageMeant } from '../../src/words/languages'

it('the page of the window says in its first tag which language it is to speak, and what it shows first', async () => {
  const page = await readFile(inProject('src', 'renderer', 'index.html'), 'utf8')
  const korean = beginning(page, { language: 'ko', view: 'samples' })
  expect(korean).toMatch(/^<!doctype html>\s*<html lang="ko" data-view="samples">/)
  expect(korean.replace(' data-view="samples"', '').replace('"ko"', '"en"')).toBe(page)
})

it('a language that was chosen is spoken whatever the system speaks; else that of the system', () => {
  expect(LANGUAGE_CHOICES).toEqual(['system', 'en', 'ko'])
  expect(languageMeant('en', ['ko-KR'])).toBe('en')
  expect(languageMeant('ko', ['en-US'])).toBe('ko')
  expect(languageMeant('system', ['ko-KR', 'en-US'])).toBe('ko')
  expect(languageMeant('system', ['fr-FR', 'C'])).toBe('en')
})
