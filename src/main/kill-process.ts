/** Ends a process at once. Chromium only asks a process to end, which one that hangs does not hear. */
export function killProcess(pid: number): void {
  // 0 is the group of this process.
  if (pid <= 0) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
