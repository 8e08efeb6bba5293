import { Draws } from './draws'
import type { Input } from './input'
import type { Target } from './target'

/**
 * Input number `index` of a target: its seeds first, then changed ones. The same at every call with the same corpus and seed.
 * @param corpus the seeds of the target and what else was kept
 */
export function generate(target: Target, corpus: readonly Input[], seed: number, index: number): Input {
  if (index < corpus.length) return corpus[index]
  const draws = new Draws(seed, target.name, index)
  return target.change(draws.pick(corpus), draws.pick(corpus), draws)
}
