import { mayBeFastest, type EngineFinding } from '../engine/choose'
import { findEngines } from '../engine/find'
import type { EngineId } from '../made/engines'
import { inTurn } from '../base/advice'
import { inColumns } from './columns'
import { t, tell } from './words'

/** What `made engines --json` prints of an engine. */
export interface EngineLine {
  readonly id: EngineId
  readonly available: boolean
  readonly device: { readonly kind: 'cpu' | 'gpu'; readonly name: string; readonly build?: string } | null
  readonly reason: string | null
  readonly note: string | null
  readonly mayBeFastest: boolean
}

const NAME_WIDTH = 12

/** `made engines`: each engine, and if it is not available why. */
export async function enginesCommand(options: { readonly json?: true }): Promise<void> {
  const findings = await findEngines()
  if (options.json) console.log(JSON.stringify(findings.map(lineOf)))
  else console.log(inWords(findings))
}

function lineOf(finding: EngineFinding): EngineLine {
  const device = finding.available ? finding.engine.device : finding.device
  return {
    id: finding.id,
    available: finding.available,
    device: device && { ...device, name: device.name.english },
    reason: finding.available ? null : inTurn(finding.reason.message, finding.reason.hint).english,
    note: finding.available && finding.note ? finding.note.english : null,
    mayBeFastest: isCandidate(finding),
  }
}

function inWords(findings: readonly EngineFinding[]): string {
  const candidates = findings.filter(isCandidate).map(({ id }) => id)
  const names = candidates.join(', ')
  return inColumns(
    [
      ...findings.flatMap((finding): [string, string][] => [
        [finding.id, stateOf(finding)],
        ['', finding.available && finding.note ? tell(finding.note) : ''],
      ]),
      ['auto', candidates.length > 1 ? t('cli.engines.fastest', { engines: names }) : names],
    ],
    NAME_WIDTH,
  )
}

function stateOf(finding: EngineFinding): string {
  if (finding.available) return tell(finding.engine.device.name)
  return t('cli.engines.unavailable', { reason: inTurn(finding.reason.message, finding.reason.hint) })
}

function isCandidate(finding: EngineFinding): boolean {
  return finding.available && mayBeFastest(finding.engine)
}
