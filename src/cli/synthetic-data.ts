import { SYNTHETIC_SETS } from '../data/synthetic/synthetic-set'
import { issueSentence } from '../shared/issue-words'
import { say } from '../words/say'
import { dataSourceSchema, syntheticSource, type DataSource } from '../shared/data-source'
import { numberOf, oneOf, UsageError } from './usage'

export const SYNTHETIC_PREFIX = 'synthetic:'
const KINDS = Object.keys(SYNTHETIC_SETS) as (keyof typeof SYNTHETIC_SETS)[]
const PARTS = ['train', 'valid', 'test']

/**
 * A synthetic set as typed: "synthetic:ising-strip" or "synthetic:ising-strip,width=6,coupling=0.3,train=50000,seed=2".
 * @throws UsageError
 */
export function syntheticSourceOf(text: string): DataSource {
  const [kind, ...settings] = text.slice(SYNTHETIC_PREFIX.length).split(',')
  const source = syntheticSource(oneOf(`--data ${SYNTHETIC_PREFIX}`, kind, KINDS))
  const set: Record<string, unknown> = { ...source.set }
  const rows: Record<string, number> = { ...source.rows }
  let { seed } = source
  for (const setting of settings) {
    const [name, value] = setting.split('=')
    const number = numberOf(`--data (${name})`, value ?? '')
    if (name === 'seed') seed = number
    else if (PARTS.includes(name)) rows[name] = number
    else if (name !== 'kind' && name in set) set[name] = number
    else
      throw new UsageError(
        say('cli.synthetic.no-setting', { set: kind, setting: name }),
        say('cli.synthetic.no-setting.hint', { settings: [...Object.keys(set).slice(1), ...PARTS, 'seed'].join(', ') }),
      )
  }
  const parsed = dataSourceSchema.safeParse({ kind: 'synthetic', set, rows, seed })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError(issueSentence(`--data (${String(issue.path.at(-1))})`, issue))
}
