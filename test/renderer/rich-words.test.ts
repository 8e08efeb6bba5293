import { afterEach, expect, it } from 'vitest'
import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import LearnText from '../../src/renderer/views/learn/LearnText.vue'
import { speak } from '../../src/renderer/words'

afterEach(() => speak('en'))

/** As it is drawn, without what marks fragments and styles. */
async function drawn(of: 'learn.loss.surprise' | 'learn.chain.questions' | 'learn.model.tables'): Promise<string> {
  const html = await renderToString(createSSRApp({ render: () => h(LearnText, { of }) }))
  return html.replaceAll(/<!--.*?-->| data-v-\w+/g, '')
}

it('a message with tags becomes elements where the tags are, and text as it is written between them', async () => {
  expect(await drawn('learn.loss.surprise')).toContain(
    'the probability <i>p</i>, its loss on it is −log <i>p</i>: how much',
  )
  expect(await drawn('learn.chain.questions')).toMatch(
    /^<p>Nobody can list 2<sup>784<\/sup> probabilities\..*That is the <em>chain rule<\/em>\.<\/p>$/,
  )
  expect(await drawn('learn.model.tables')).toMatch(/^<p>This page speaks of pixels\./)
})

it('is drawn in the reader’s language, whose words stand elsewhere', async () => {
  speak('ko')
  expect(await drawn('learn.loss.surprise')).toContain('확률 <i>p</i>를 주었다면')
  expect(await drawn('learn.chain.questions')).toMatch(/확률의 <em>연쇄 법칙<\/em>입니다\.<\/p>$/)
})
