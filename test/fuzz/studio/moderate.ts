import type { Channel, Params } from '../../../src/shared/contract'
import type { DataSource } from '../../../src/shared/data-source'
import type { RunConfig } from '../../../src/shared/run-config'

/** What an input may ask for: far less than a person may, who waits for it. */
const MOST = { rows: 2000, columns: 64, components: 30, samples: 500, pictureSide: 40, units: 200, layers: 4, seconds: 0.3, tables: 3, groupRuns: 20 } // prettier-ignore

/**
 * Whether a valid request asks for no more than an input may take: large models and long computations are right, and
 * would find nothing but that they are.
 */
export function isModerate(channel: Channel, params: unknown): boolean {
  const moderate: ((params: never) => boolean) | undefined = MODERATE[channel]
  return moderate?.(params as never) ?? true
}

const MODERATE: { readonly [C in Channel]?: (params: Params<C>) => boolean } = {
  'data.open': ({ source }) => areModerateData(source),
  'data.fitMixture': ({ components }) => components <= MOST.components,
  'run.start': ({ config }) => isModerateRun(config),
  'queue.add': ({ config }) => isModerateRun(config),
  'group.foresee': isModerateGroup,
  'group.add': isModerateGroup,
  'run.estimate': ({ config }) => isModerateRun(config),
  'samples.export': ({ count }) => count <= MOST.samples,
  'ask.answer': ({ effort }) => effort.seconds <= MOST.seconds,
  'ask.memorisation': ({ samples }) => samples <= MOST.samples,
  'runs.fill': ({ times }) => (times ?? 1) <= MOST.tables,
}

/** Its runs are made out before any is looked at: few in number, and of settings that are small where they stand. */
function isModerateGroup({ base, vary, way }: Params<'group.foresee'>): boolean {
  const lists = Object.values(vary)
  const runs = lists.reduce((product, { length }) => product * length, 1)
  const areSmall = lists.flat().every((value) => JSON.stringify(value ?? null).length < 20)
  const units = lists.flat(2).every((value) => typeof value !== 'number' || value <= MOST.units)
  const isShort = way.kind === 'whole' || way.minutes <= 1
  return isModerateRun(base) && runs <= MOST.groupRuns && areSmall && units && isShort
}

function isModerateRun({ data, hidden }: RunConfig): boolean {
  return areModerateData(data) && hidden.length <= MOST.layers && hidden.every((units) => units <= MOST.units)
}

function areModerateData(source: DataSource): boolean {
  switch (source.kind) {
    case 'mnist':
      return true
    case 'file': {
      const size = source.preparation?.pictureSize
      return !size || Math.max(size.width, size.height) <= MOST.pictureSide
    }
    case 'synthetic': {
      const { set, rows } = source
      const columns = 'columns' in set ? set.columns : 'size' in set ? set.size ** 2 : set.width * set.height
      return rows.train + rows.valid + rows.test <= MOST.rows && columns <= MOST.columns
    }
  }
}
