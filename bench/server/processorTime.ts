/** Processor time of a process and its children, out of /proc (proc(5), stat: fields 4, 14 and 15). */
import fs from 'node:fs';

/** Linux counts in hundredths of a second on every machine that Node runs on. */
const ticksPerSecond = 100;

/** Seconds since they started, in their own code and in the system's. */
export function processorSeconds(pid: number): number {
  const ticks = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null && (stat.pid === pid || stat.parent === pid))
    .reduce((sum, stat) => sum + (stat?.ticks ?? 0), 0);
  return ticks / ticksPerSecond;
}

function readStat(pid: number): { pid: number; parent: number; ticks: number } | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold blanks
    return { pid, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null; // It has ended meanwhile.
  }
}
