import { mayBeFastest } from '../engine/choose'
import { findEngines } from '../engine/find'
import type { EngineReport } from '../shared/contract'

/** What `made engines --json` prints of an engine: its report, with the reason in words. */
export type EngineLine = Omit<EngineReport, 'reason'> & { readonly reason: string | null }

/** `made engines`: each engine, and if it is not available why. */
export async function enginesCommand(options: { readonly json?: true }): Promise<void> {
  const reports = (await findEngines()).map((finding): EngineLine => ({
    id: finding.id,
    available: finding.available,
    device: finding.available ? finding.engine.device : finding.device,
    reason: finding.available ? null : `${finding.reason.message.english} ${finding.reason.hint.english}`,
    note: finding.available ? finding.note : null,
    mayBeFastest: finding.available && mayBeFastest(finding.engine),
  }))
  if (options.json) {
    console.log(JSON.stringify(reports))
    return
  }
  for (const { id, available, device, reason, note } of reports) {
    console.log(`${id.padEnd(12)}${available ? (device?.name ?? 'available') : `not available: ${reason ?? ''}`}`)
    if (note) console.log(`${' '.repeat(12)}${note}`)
  }
  const candidates = reports.filter((report) => report.mayBeFastest).map(({ id }) => id)
  console.log(
    `auto        ${candidates.length > 1 ? `the fastest of ${candidates.join(', ')}, timed on the model when training begins` : candidates.join('')}`,
  )
}
