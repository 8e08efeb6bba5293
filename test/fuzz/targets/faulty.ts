import { Fault, type Outcome } from '../checks/fault'
import { StudioError } from '../../../src/base/failure'
import { oneFile } from '../input'
import type { Target } from '../target'
import { verbatim } from '../../../src/words/say'

const FILE = 'word'
const WORDS = ['right', 'refused', 'fault', 'thrown', 'internal', 'stray', 'memory', 'pollution', 'crash'] as const
type Word = (typeof WORDS)[number] | 'hang'

/** A target that does wrong whatever can be done wrong, each as its input says: what is to find faults must find these. */
export const FAULTY_TARGET: Target = {
  name: 'faulty',
  what: 'faults of every kind, none of them of the program',
  share: 0,
  // The second is the only one that has no end.
  seeds: () => Promise.resolve([oneFile(FILE, 'right'), oneFile(FILE, 'hang')]),
  // Around the word is what is to be left out when the input is made small.
  change: (_input, _other, draws) =>
    oneFile(FILE, `${'.'.repeat(draws.below(4))}${draws.pick(WORDS)}${'.'.repeat(draws.below(4))}`),
  run: async (input) => {
    const text = new TextDecoder().decode(input.get(FILE))
    return answerTo(text === 'hang' ? text : (WORDS.find((word) => text.includes(word)) ?? 'right'))
  },
}

function answerTo(word: Word): Promise<Outcome> {
  switch (word) {
    case 'right':
      break
    case 'refused':
      return Promise.resolve({
        kind: 'refused',
        failure: { code: 'invalid-data', message: verbatim('No.'), hint: verbatim('Try another.') },
      })
    case 'fault':
      throw new Fault('one and one is three')
    case 'thrown':
      throw new TypeError('x is not a function')
    case 'internal':
      throw new StudioError('internal', 'Something went wrong.', 'Try again.')
    case 'stray':
      void Promise.reject(new Error('nobody waits for this'))
      break
    case 'memory':
      Buffer.alloc(400 * 1024 * 1024, 1)
      break
    case 'pollution':
      Reflect.set(Object.prototype, `polluted ${performance.now()}`, true)
      break
    case 'crash':
      process.kill(process.pid, 'SIGSEGV')
      return new Promise(() => undefined)
    case 'hang':
      for (;;);
  }
  return Promise.resolve({ kind: 'done', what: 'right' })
}
