/** Processor time and memory of a process and all its children, from Linux's /proc. */
import fs from 'node:fs';

const msPerTick = 10;

/** Milliseconds of processor time that a process and its children have used so far. */
export function busyMs(pid: number): number {
  return family(pid).reduce((sum, member) => {
    const [, , , , , , , , , , , user = 0, system = 0] = statOf(member) ?? [];
    return sum + (user + system) * msPerTick;
  }, 0);
}

/** Milliseconds of processor time that the whole machine has used. */
export function machineBusyMs(): number {
  const line = fs.readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '';
  const [user = 0, nice = 0, system = 0, , , irq = 0, soft = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  return (user + nice + system + irq + soft) * msPerTick;
}

/** The child of this process whose command line has that word. */
export function childNamed(word: string): number {
  const found = family(process.pid).find((pid) => pid !== process.pid && commandOf(pid).includes(word));
  if (found === undefined) throw new Error(`This process has no child ${word}`);
  return found;
}

/** Forgets the largest memory so far of all members whose command has that word. */
export function resetPeak(pid: number, word: string): void {
  for (const member of membersWith(pid, word)) fs.writeFileSync(`/proc/${member}/clear_refs`, '5');
}

/** The largest resident memory since then, in MB, of the member that had the most. */
export function peakMb(pid: number, word: string): number {
  return Math.max(
    ...membersWith(pid, word).map((member) => {
      const status = fs.readFileSync(`/proc/${member}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    }),
  );
}

function membersWith(pid: number, word: string): number[] {
  return family(pid).filter((member) => commandOf(member).includes(word));
}

function family(pid: number): number[] {
  const parents = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), parent: statOf(Number(name))?.[1] ?? 0 }));
  const found = [pid];
  for (const member of found)
    found.push(...parents.filter(({ parent }) => parent === member).map((child) => child.pid));
  return found;
}

/** The numbers behind the name in /proc/PID/stat (proc(5)): state, parent, ... ; null when the process has ended. */
function statOf(pid: number): number[] | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
  } catch {
    return null;
  }
}

function commandOf(pid: number): string {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
