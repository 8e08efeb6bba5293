import { app, utilityProcess, type MessagePortMain } from 'electron'
import computeEntry from '../compute/process?modulePath'
import type { ToCompute } from '../shared/compute-protocol'
import { killProcess } from './kill-process'
import type { Child } from './supervisor'

/** The compute process as a utility process of Electron. */
export interface ComputeChild extends Child {
  /** As of every child; `ports` go along, and are closed where the process is gone. */
  post(message: ToCompute, ports?: MessagePortMain[]): void
}

/**
 * Starts the compute process.
 * @param hear is called with each of its messages
 * @param gone is called when it has ended
 */
export function forkCompute(hear: (message: unknown) => void, gone: () => void): ComputeChild {
  const child = utilityProcess.fork(computeEntry, [], { serviceName: 'MADE Studio compute', stdio: 'inherit' })
  let pid: number | null = null
  let state: 'there' | 'unwanted' | 'gone' = 'there'
  child.on('spawn', () => {
    pid = child.pid ?? null
    if (state === 'unwanted' && pid !== null) killProcess(pid)
  })
  child.on('message', hear)
  // Where memory runs out Electron tells so before the process ends, which is heard of anyway.
  child.on('error', () => undefined)
  child.on('exit', () => {
    state = 'gone'
    gone()
  })
  return {
    post: (message, ports = []) => {
      if (state === 'there') child.postMessage(message, ports)
      else ports.forEach((port) => port.close())
    },
    processorSeconds: () => app.getAppMetrics().find((metric) => metric.pid === pid)?.cpu.cumulativeCPUUsage ?? 0,
    end: () => {
      if (state !== 'there') return
      state = 'unwanted'
      if (pid !== null) killProcess(pid)
    },
  }
}
