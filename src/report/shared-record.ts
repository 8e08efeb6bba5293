import { builtInTable } from '../shared/data-source'
import type { RunConfig } from '../shared/run-config'

/** Settings that may be given to others: of the file of their data they keep the name. Where it lay is nobody's business. */
export function withoutFolders(config: RunConfig): RunConfig {
  const { data } = config
  if (data.kind !== 'file' || builtInTable(data.path) !== null) return config
  const name = data.path.split(/[\\/]/).findLast((part) => part !== '') ?? data.path
  return { ...config, data: { ...data, path: name } }
}
