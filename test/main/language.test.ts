import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { inProject } from '../../scripts/setup/project.mjs'
import { speaking } from '../../src/main/page-language'
import { LANGUAGE_CHOICES, languageMeant } from '../../src/words/languages'

it('the page of the window says in its first tag which language it is to speak', async () => {
  const page = await readFile(inProject('src', 'renderer', 'index.html'), 'utf8')
  const korean = speaking(page, 'ko')
  expect(korean).toMatch(/^<!doctype html>\s*<html lang="ko">/)
  expect(speaking(korean, 'en')).toBe(page)
})

it('a language that was chosen is spoken whatever the system speaks; else that of the system', () => {
  expect(LANGUAGE_CHOICES).toEqual(['system', 'en', 'ko'])
  expect(languageMeant('en', ['ko-KR'])).toBe('en')
  expect(languageMeant('ko', ['en-US'])).toBe('ko')
  expect(languageMeant('system', ['ko-KR', 'en-US'])).toBe('ko')
  expect(languageMeant('system', ['fr-FR', 'C'])).toBe('en')
})
