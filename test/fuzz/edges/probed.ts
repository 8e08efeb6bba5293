import { isFields } from '../../../src/base/migration'
import type { ProbeEnd } from '../../../src/base/probe'
import { diagnose } from '../../../src/engine/tensorflow/diagnosis'
import { probe } from '../../../src/engine/tensorflow/probe'
import { checkFailure, require } from '../checks/fault'
import type { Tree } from '../values'
import { copies, type Edge } from './edge'

const ended = (stdout: unknown, log = '', how: unknown = null): Tree => ({ kind: 'ended', report: stdout, log, how })
const SUM = (64 * 65 * 129) / 6

/**
 * What becomes of the process that tries a library: each message is the end of one. What it reports is a tree here, which
 * becomes the last line that it wrote.
 */
export const PROBED: Edge = {
  examples: () =>
    Promise.resolve(
      [
        ended({ sum: SUM, version: '4.22.0', isUsingGpu: true }, 'device: 0, name: NVIDIA H100, pci bus id: 0000'),
        ended({ sum: SUM, version: '4.22.0', isUsingGpu: false }, "Could not load dynamic library 'libcudart.so.11.0'"),
        ended({ sum: 7, version: '4.22.0' }),
        ended({ error: 'libcudnn.so.8: cannot open shared object file: No such file or directory\n  at x' }),
        ended('', '', 132),
        ended('', '', 'SIGILL'),
        { kind: 'late' },
      ].map((end) => [end]),
    ),
  hand: async (messages) => {
    let what = 'nothing'
    for (const message of copies(messages)) {
      const end = endOf(message)
      if (end === null) continue
      const diagnosis = diagnose(await probe('/nowhere', () => Promise.resolve(end)), 'A processor')
      what = diagnosis.available ? 'works' : 'does not work'
      if (!diagnosis.available) checkFailure(diagnosis.reason)
      else require(diagnosis.device.kind === 'gpu' || diagnosis.device.kind === 'cpu', 'it computes on nothing')
    }
    return what
  },
}

/** The end of a process as main tells it: what it wrote may be anything, the rest is main's. Null where there is none. */
function endOf(message: Tree): ProbeEnd | null {
  if (!isFields(message)) return null
  const { kind, report, log, how } = message
  if (kind === 'late') return { kind }
  if (typeof log !== 'string' || saysNothing(report)) return null
  const isHow =
    how === null ||
    (typeof how === 'number' && Number.isInteger(how)) ||
    (typeof how === 'string' && /^SIG[A-Z]+$/.test(how))
  return isHow ? { kind: 'ended', stdout: `${written(report)}\n`, log, how } : null
}

/** The library's own words of a failure are told as they are: those that would be taken for this program's are passed over. */
function saysNothing(report: Tree): boolean {
  return isFields(report) && typeof report['error'] === 'string' && /NaN|undefined/.test(report['error'])
}

function written(report: Tree): string {
  try {
    return JSON.stringify(report) ?? ''
  } catch {
    return ''
  }
}
