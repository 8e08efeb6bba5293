import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useDataStore } from '../../src/renderer/stores/data'
import { useModelStore } from '../../src/renderer/stores/model'
import { useWindowStore } from '../../src/renderer/stores/window'
import { language, speak, tell } from '../../src/renderer/words'
import { MNIST_THRESHOLD } from '../../src/shared/data-source'
import { say } from '../../src/words/say'

beforeEach(() => {
  vi.useFakeTimers()
  // Nothing is answered: what is asked for stays under way.
  vi.stubGlobal('window', { studio: { request: () => new Promise(() => undefined) } })
  setActivePinia(createPinia())
})

afterEach(() => {
  speak('en')
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('what is said already is said in the other language when that is chosen, and back', () => {
  const [data, model, screen] = [useDataStore(), useModelStore(), useWindowStore()]
  void data.open(MNIST_THRESHOLD, say('frame.data.opening-mnist'))
  screen.notice(say('frame.runs.binned', { name: '첫 학습' }))
  const seen = (): unknown => [
    language(),
    data.opening?.words,
    model.waitsFor,
    screen.toasts.map(({ message }) => tell(message)),
  ]
  const inEnglish = ['en', 'Opening MNIST…', 'The data are still being opened.', ['“첫 학습” is in the bin.']]
  expect(seen()).toEqual(inEnglish)
  speak('ko')
  expect(seen()).toEqual([
    'ko',
    'MNIST를 여는 중…',
    '아직 데이터를 여는 중입니다.',
    ['“첫 학습”을 휴지통으로 옮겼습니다.'],
  ])
  speak('en')
  expect(seen()).toEqual(inEnglish)
})

it('a notice takes the place of the same one', () => {
  const screen = useWindowStore()
  screen.notice(say('frame.runs.bin-empty'))
  screen.notice(say('frame.runs.binned', { name: 'A' }))
  screen.notice(say('frame.runs.bin-empty'))
  expect(screen.toasts.map(({ message }) => message.key)).toEqual(['frame.runs.binned', 'frame.runs.bin-empty'])
})
