import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PROGRAMS = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'srun', 'scontrol']
const PORT = 16_817
/** What never comes within so long never comes. */
const PATIENCE_MS = 120_000

/** Why there can be no Slurm here; null if there can. */
export function lackingSlurm(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'Slurm is started as root, on Linux'
  const missing = PROGRAMS.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0)
  return missing.length === 0 ? null : `there is no ${missing.join(', ')} (Debian’s slurm-wlm and munge)`
}

/** A node of a Slurm of one's own. */
export type NodeName = 'n1' | 'n2'

/** A Slurm of two nodes of one core each, both on this computer, with a partition that takes nodes from the other. */
export class SmallSlurm {
  private readonly folder = mkdtempSync(join(tmpdir(), 'made-slurm-'))
  private readonly daemons = new Map<string, ChildProcess>()
  readonly env: NodeJS.ProcessEnv

  private constructor() {
    this.env = { ...process.env, SLURM_CONF: join(this.folder, 'slurm.conf') }
  }

  static async start(): Promise<SmallSlurm> {
    const slurm = new SmallSlurm()
    await slurm.begin()
    return slurm
  }

  private async begin(): Promise<void> {
    const { folder } = this
    for (const name of ['munge', 'state', 'spool']) mkdirSync(join(folder, name), { mode: 0o755 })
    writeFileSync(join(folder, 'slurm.conf'), configuration(folder))
    const key = join(folder, 'munge', 'munge.key')
    writeFileSync(key, randomBytes(128), { mode: 0o400 })
    const at = (name: string): string => join(folder, 'munge', name)
    this.daemon('munged', '/usr/sbin/munged', ['--foreground', '--force', '--key-file', key, '--socket', at('munge.socket'), '--pid-file', at('pid'), '--log-file', at('log'), '--seed-file', at('seed')]) // prettier-ignore
    await until('munge answers', () => readdirSync(join(folder, 'munge')).includes('munge.socket'))
    this.daemon('slurmctld', '/usr/sbin/slurmctld', ['-D', '-c'])
    this.startNode('n1')
    this.startNode('n2')
    await until('both nodes are idle', () => this.ask('sinfo', '-h', '-N', '-p', 'low', '-o', '%T') === 'idle\nidle')
  }

  startNode(node: NodeName): void {
    this.daemon(node, '/usr/sbin/slurmd', ['-D', '-N', node])
  }

  /** As if its power had been cut: the daemon and all that it had begun are gone at once. */
  killNode(node: NodeName): void {
    this.daemons.get(node)?.kill('SIGKILL')
    for (const pid of this.processesOf(node)) process.kill(pid, 'SIGKILL')
  }

  /** What a command of Slurm prints. */
  ask(program: string, ...args: string[]): string {
    return execFileSync(program, args, { env: this.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  }

  /** Waits until no job is left. */
  async empty(): Promise<void> {
    await until('all jobs are over', () => this.ask('squeue', '-h') === '', 3 * PATIENCE_MS)
  }

  /** The tasks of an array that run now, by their numbers, each with its node. */
  running(job: string): ReadonlyMap<number, string> {
    const lines = this.ask('squeue', '-h', '-r', '-j', job, '-t', 'R', '-o', '%K %N').split('\n')
    return new Map(lines.filter((line) => line !== '').map((line) => [Number(line.split(' ')[0]), line.split(' ')[1]]))
  }

  /** How often each task of an array was queued again. */
  restarts(job: string): ReadonlyMap<number, number> {
    const text = this.ask('scontrol', 'show', 'job', job)
    return new Map(
      text.split('\n\n').flatMap((one) => {
        const [, task] = /ArrayTaskId=(\d+)\s/.exec(one) ?? []
        return task === undefined ? [] : [[Number(task), Number(/Restarts=(\d+)/.exec(one)?.[1] ?? 0)] as const]
      }),
    )
  }

  end(): void {
    for (const node of ['n1', 'n2'] as const) for (const pid of this.processesOf(node)) process.kill(pid, 'SIGKILL')
    for (const daemon of this.daemons.values()) daemon.kill('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** The processes of jobs on a node, which know it and this Slurm by their environment, and those that began them. */
  private processesOf(node: NodeName): number[] {
    const found = new Set<number>()
    for (const name of readdirSync('/proc'))
      if (/^\d+$/.test(name) && Number(name) !== process.pid && this.isOfJob(name, node)) {
        found.add(Number(name))
        const parent = / (\d+)/.exec(readText(name, 'stat').split(') ').at(-1) ?? '')?.[1] ?? ''
        if (readText(parent, 'cmdline').startsWith('slurmstepd')) found.add(Number(parent))
      }
    return [...found]
  }

  private isOfJob(pid: string, node: NodeName): boolean {
    const variables = readText(pid, 'environ').split('\0')
    return variables.includes(`SLURMD_NODENAME=${node}`) && variables.some((one) => one.includes(this.folder))
  }

  private daemon(name: string, program: string, args: readonly string[]): void {
    const child = spawn(program, args, { env: this.env, stdio: 'ignore' })
    this.daemons.set(name, child)
  }
}

/** What the kernel says of a process; nothing of one that is gone. */
function readText(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function configuration(folder: string): string {
  const host = hostname()
  return `ClusterName=made
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${PORT}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/munge.socket,cred_expire=5
CryptoType=crypto/munge
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool/%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.%n.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.%n.log
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=2,bf_interval=2,batch_sched_delay=0,sched_min_interval=0
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
SlurmctldParameters=preempt_send_user_signal
KillWait=15
SlurmdTimeout=10
NodeName=n[1-2] NodeHostname=${host} NodeAddr=127.0.0.1 Port=[${PORT + 184}-${PORT + 185}] CPUs=1 RealMemory=1000
PartitionName=low Nodes=n[1-2] Default=YES PriorityTier=1 GraceTime=30
PartitionName=high Nodes=n[1-2] PriorityTier=10 PreemptMode=OFF
`
}

/** Waits until something is so. @throws Error where it never is */
export async function until(what: string, isSo: () => boolean, patience = PATIENCE_MS): Promise<void> {
  const began = performance.now()
  for (;;) {
    try {
      if (isSo()) return
    } catch {
      // What does not answer yet is asked again.
    }
    if (performance.now() - began > patience) throw new Error(`it never came that ${what}`)
    await sleep(200)
  }
}
