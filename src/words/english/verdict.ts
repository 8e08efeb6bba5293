/** How good a loss is, why one is bad, and what would help. Keys begin with `verdict.` */
export const verdict = {
  /** With as many decimals as tell losses of its size apart. */
  'verdict.loss': `{digits, plural,
    =0 {{nats, number, ::precision-integer}}
    =1 {{nats, number, ::.0}}
    other {{nats, number, ::.00}}
  }`,
  'verdict.worse-than-coins':
    '{live, select, yes {So far worse} other {Worse}} than flipping a coin for each {unit, select, pixel {pixel} other {input}} ({loss}).',
  'verdict.worse-than-independent':
    '{live, select, yes {So far worse} other {Worse}} than each {unit, select, pixel {pixel} other {column}} guessed alone ({loss}).',
  'verdict.better-than-independent':
    '{live, select, yes {So far better} other {Better}} than each {unit, select, pixel {pixel} other {column}} guessed alone ({loss}){distance, select, far {, far from {best}} midway {, on the way to {best}} close {, close to {best}} other {}}.',
  'verdict.better-than-mixture':
    '{live, select, yes {So far better} other {Better}} than a mixture of {components} ({loss}){distance, select, far {, far from {best}} midway {, on the way to {best}} close {, close to {best}} other {}}.',
  'verdict.near-best': '{live, select, yes {So far all} other {All}} but as good as {best}.',
  'verdict.best': '{live, select, yes {So far as} other {As}} good as {best}.',
  /** The best that is known. */
  'verdict.best.entropy': 'the best possible ({approximate, select, yes {≈ } other {}}{loss})',
  'verdict.best.published': 'the best known ({approximate, select, yes {≈ } other {}}{loss}, {whose})',
  'verdict.best.own': 'the best run on these data ({approximate, select, yes {≈ } other {}}{loss}, “{whose}”)',

  'verdict.cause.large-steps': 'Its steps are probably too large: they jump over what they look for.',
  'verdict.cause.by-heart': 'It has probably learned its training rows by heart: it is too large for so few.',
  'verdict.cause.small-steps': 'Its steps are probably too small to get anywhere.',
  'verdict.cause.too-short': 'It has probably not been trained for long enough.',
  'verdict.remedy.step-size': 'Start anew with step size {size}',
  'verdict.remedy.epsilon': 'Start anew with ε {epsilon}',
  'verdict.remedy.fewer-units': 'Start anew with {units} hidden units',
  'verdict.remedy.longer': 'Train up to epoch {epochs, number}',
} as const
