import { smallest } from '../base/extremes'
import { eachRun, variablesFor, type ModelledColumns } from '../made/variables'
import { say, type Sentence } from '../words/say'

/** How good a loss is, said honestly: beside what costs nothing to reach and what is the best that is known. */

/** A loss that is the best, as far as anybody knows. */
export interface BestKnown {
  /** The entropy, which no model can be better than; a published result; the best other run on the same rows. */
  readonly kind: 'entropy' | 'published' | 'own'
  /** Mean NLL, nats. */
  readonly nats: number
  /** Where it comes from: a model that is published, or the name of a run. */
  readonly whose: string
  readonly isApproximate: boolean
}

/** What a verdict is formed from; all losses are mean NLL in nats. */
export interface VerdictFacts extends ModelledColumns {
  /** Of the model that is kept. */
  readonly nats: number
  /** Half-width of the 95% confidence interval of its mean; 0 where none is known. */
  readonly interval95: number
  /** Of a model of independent bits. */
  readonly independent: number
  readonly mixture: { readonly components: number; readonly nats: number } | null
  readonly best: BestKnown | null
  /** Whether an input is a pixel. */
  readonly isPicture: boolean
  /** Whether training goes on. */
  readonly isLive: boolean
}

/** Where a loss stands, from bad to good. */
export const STANDINGS = [
  'worse-than-coins',
  'worse-than-independent',
  'better-than-independent',
  'better-than-mixture',
  'near-best',
  'best',
] as const
export type Standing = (typeof STANDINGS)[number]

/** A loss on the bar. */
export interface Mark {
  readonly key: 'coins' | 'independent' | 'mixture' | 'best' | 'model'
  /** Mean NLL, nats. */
  readonly nats: number
  /** From 0, the worst of what is compared with, to 1, the best that is known. */
  readonly at: number
}

export interface Verdict {
  readonly standing: Standing
  readonly tone: 'good' | 'plain' | 'amber'
  readonly sentence: Sentence
  /** In the order of the keys; the model last. */
  readonly marks: readonly Mark[]
  /** What the end of the bar is; null where it is open. */
  readonly end: BestKnown['kind'] | null
}

/** A loss is as good as another that it is so near to, as a share of what can be gained at all. */
const NEAR = 0.02
const CLOSE = 0.1
const FAR = 0.35
/** A loss is worse than another only by more than this share of it: means of other rows differ by so much. */
const MARGIN = 0.005
/** An interval excuses no more than this share: a loss that is a mean of a few enormous ones is not as good as another. */
const MOST_EXCUSED = 0.1
/** Where no best is known, the bar goes on beyond the best of what is. */
const BEYOND = 0.9
/** The bar is one of ratios; a loss of nothing at all would be infinitely far. */
const LEAST_SHARE = 1e-3

/** The verdict on a loss. */
export function verdictOn(facts: VerdictFacts): Verdict {
  const standing = standingOf(facts)
  const { best } = facts
  return {
    standing,
    tone: toneOf(standing, facts),
    sentence: sentenceOf(standing, facts),
    marks: marksOf(facts),
    end: best?.kind ?? null,
  }
}

/** The loss of a fair coin for each bit and a fair die for each category, nats. */
export function coinLoss(data: ModelledColumns): number {
  let nats = 0
  eachRun(variablesFor(data), ({ count, columns }) => (nats += count * Math.log(Math.max(2, columns))))
  return nats
}

function standingOf(facts: VerdictFacts): Standing {
  const { nats, interval95, independent, mixture, best } = facts
  const isWorse = (than: number): boolean =>
    nats > than + Math.max(Math.min(interval95, MOST_EXCUSED * than), MARGIN * than)
  // As good as the best is good, also where that is no better than coins.
  if (best !== null && !isWorse(best.nats)) return 'best'
  if (isWorse(Math.max(coinLoss(facts), independent))) return 'worse-than-coins'
  if (isWorse(independent)) return 'worse-than-independent'
  if (best !== null && gapShare(nats, independent, best.nats) <= NEAR) return 'near-best'
  return mixture !== null && nats < mixture.nats ? 'better-than-mixture' : 'better-than-independent'
}

/** How much of what can be gained over independent bits is not gained yet: 0 at the best, 1 at independent bits. */
function gapShare(nats: number, independent: number, best: number): number {
  return independent > best ? Math.max(0, (nats - best) / (independent - best)) : 0
}

function toneOf(standing: Standing, { nats, independent, best }: VerdictFacts): Verdict['tone'] {
  switch (standing) {
    case 'worse-than-coins':
    case 'worse-than-independent':
      return 'amber'
    case 'best':
    case 'near-best':
      return 'good'
    case 'better-than-mixture':
      return 'good'
    case 'better-than-independent':
      return best !== null && gapShare(nats, independent, best.nats) <= CLOSE ? 'good' : 'plain'
  }
}

function sentenceOf(standing: Standing, facts: VerdictFacts): Sentence {
  const { independent, mixture, isPicture, isLive } = facts
  const live = isLive ? 'yes' : 'no'
  const unit = isPicture ? 'pixel' : 'input'
  const best = bestNoun(facts.best)
  const distance = distanceOf(facts)
  switch (standing) {
    case 'worse-than-coins':
      return say('verdict.worse-than-coins', { live, unit, loss: lossIn(Math.max(coinLoss(facts), independent)) })
    case 'worse-than-independent':
      return say('verdict.worse-than-independent', { live, unit, loss: lossIn(independent) })
    case 'better-than-independent':
      return say('verdict.better-than-independent', { live, unit, loss: lossIn(independent), distance, best })
    case 'better-than-mixture':
      return say('verdict.better-than-mixture', {
        live,
        components: mixture?.components ?? 0,
        loss: lossIn(mixture?.nats ?? 0),
        distance,
        best,
      })
    case 'near-best':
      return say('verdict.near-best', { live, best })
    case 'best':
      return say('verdict.best', { live, best })
  }
}

function distanceOf({ nats, independent, best }: VerdictFacts): 'far' | 'midway' | 'close' | 'unknown' {
  if (best === null) return 'unknown'
  const gap = gapShare(nats, independent, best.nats)
  return gap > FAR ? 'far' : gap > CLOSE ? 'midway' : 'close'
}

/** Nothing where none is known: then it is not spoken of. */
function bestNoun(best: BestKnown | null): Sentence | '' {
  if (best === null) return ''
  const { kind, nats, whose, isApproximate } = best
  const found = { approximate: isApproximate ? 'yes' : 'no', loss: lossIn(nats) }
  switch (kind) {
    case 'entropy':
      return say('verdict.best.entropy', found)
    case 'published':
      return say('verdict.best.published', { ...found, whose })
    case 'own':
      return say('verdict.best.own', { ...found, whose })
  }
}

function marksOf(facts: VerdictFacts): Mark[] {
  const { nats, independent, mixture, best } = facts
  const coins = coinLoss(facts)
  const worst = Math.max(coins, independent)
  const known = [independent, coins, nats, ...(mixture ? [mixture.nats] : [])]
  const least = smallest(known)
  const end = best === null ? BEYOND * least : Math.min(best.nats, least)
  const place = (of: number): number => {
    const floor = LEAST_SHARE * worst
    const log = (value: number): number => Math.log(Math.max(value, floor))
    const span = log(worst) - log(end)
    return span <= 0 ? 1 : Math.min(1, Math.max(0, (log(worst) - log(of)) / span))
  }
  const mark = (key: Mark['key'], of: number): Mark => ({ key, nats: of, at: place(of) })
  return [
    mark('coins', coins),
    mark('independent', independent),
    ...(mixture ? [mark('mixture', mixture.nats)] : []),
    ...(best ? [mark('best', best.nats)] : []),
    mark('model', nats),
  ]
}

/** With as many decimals as tell losses of that size apart. */
function lossIn(nats: number): Sentence {
  const digits = Math.abs(nats) >= 200 ? 0 : Math.abs(nats) >= 20 ? 1 : 2
  return say('verdict.loss', { digits, nats })
}
