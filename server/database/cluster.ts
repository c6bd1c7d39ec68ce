/** The folder of the embedded database: made once, used by one process at a time. */
import fs from 'node:fs';
import path from 'node:path';
import { codeOf, reasonOf, StartError } from '../startError.ts';
import { startGuarded } from './guardedProcess.ts';
import { chooseIdentity, type Identity } from './identity.ts';
import type { PostgresBinaries } from './postgresBinaries.ts';

/** The major version of the binaries in package.json; another major can't read this one's files. */
const majorVersion = '17';

export interface Cluster {
  /** The folder that Postgres calls its data directory. */
  folder: string;
  identity: Identity;
}

export const clusterFolder = (dataDir: string): string => path.join(dataDir, 'postgres');

/** @throws StartError when the folder can't be made or written */
export function prepareDataDir(dataDir: string): void {
  try {
    makeFolders(dataDir);
    fs.accessSync(dataDir, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw new StartError(`The data directory ${dataDir} can't be written: ${reasonOf(error)}.`);
  }
}

/** One by one: Node's own recursive way never returns where a file system refuses with ENOENT, as /proc does. */
function makeFolders(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeFolders(path.dirname(folder));
  fs.mkdirSync(folder, { mode: 0o700 });
}

/**
 * Finds the cluster in `dataDir` or makes it. A half-made one never counts: it is made beside and then renamed.
 * @param initdbArguments more arguments for a new cluster
 * @throws StartError with the sentence for the operator
 */
export async function openCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  initdbArguments: readonly string[] = [],
): Promise<Cluster> {
  const folder = clusterFolder(dataDir);
  const isNew = !fs.existsSync(folder);
  const identity = chooseIdentity(isNew ? dataDir : folder, path.dirname(binaries.postgres));
  if (isNew) await makeCluster(dataDir, { folder, identity }, { binaries, initdbArguments });
  checkVersion(folder);
  return { folder, identity };
}

async function makeCluster(
  dataDir: string,
  { folder, identity }: Cluster,
  { binaries, initdbArguments }: { binaries: PostgresBinaries; initdbArguments: readonly string[] },
): Promise<void> {
  removeUnfinished(dataDir);
  const unfinished = path.join(dataDir, `unfinished-${process.pid}`);
  const output: string[] = [];
  const settings = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--data-checksums'];
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const initdb = startGuarded(
    {
      command: [
        binaries.initdb,
        '-D',
        unfinished,
        ...settings,
        ...locale,
        '--no-instructions',
        ...initdbArguments,
      ],
      identity,
      environment: binaries.environment,
      folder: dataDir,
    },
    (line) => output.push(line),
  );
  const code = await initdb.ended;
  try {
    if (code !== 0) {
      const lines = output.filter((line) => line.trim() !== '');
      const cause =
        lines.findLast((line) => /error|FATAL|denied/i.test(line)) ?? lines.at(-1) ?? `code ${code}`;
      throw new StartError(
        `The embedded Postgres could not make its database in ${dataDir}: ${cause}. Another Postgres can be named by DATABASE_URL.`,
      );
    }
    fs.renameSync(unfinished, folder);
    syncFolder(dataDir);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    const anotherWasFirst = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error));
    if (!anotherWasFirst) throw error;
  }
}

/** Removes what a start that was killed half-way has left; one that still runs keeps its folder. */
function removeUnfinished(dataDir: string): void {
  for (const name of fs.readdirSync(dataDir)) {
    const pid = Number(/^unfinished-(\d+)$/.exec(name)?.[1] ?? 0);
    if (pid > 0 && !isAlive(pid)) fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
}

function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}

function checkVersion(folder: string): void {
  let found: string;
  try {
    found = fs.readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    throw new StartError(`${folder} is not a Postgres database that can be read: ${reasonOf(error)}.`);
  }
  if (found === majorVersion) return;
  throw new StartError(`${folder} was made by Postgres ${found}, and this program brings ${majorVersion}.`);
}

/** The live server process of this cluster by its pid file, or null. A pid that another program has got since is stale. */
export function serverPid(folder: string): number | null {
  const pid = readPid(path.join(folder, 'postmaster.pid'));
  if (pid === null || !isAlive(pid)) return null;
  const workingFolder = linkTarget(`/proc/${pid}/cwd`); // Postgres works in its data directory; unknown outside Linux
  return workingFolder === null || workingFolder === fs.realpathSync(folder) ? pid : null;
}

/**
 * Removes a pid file whose number another program has by now, as after a restart of a container: Postgres would take that
 * program for itself and refuse to start. A file whose process is dead stays: Postgres checks more than the number.
 */
export function forgetReusedPid(folder: string): void {
  const file = path.join(folder, 'postmaster.pid');
  const pid = readPid(file);
  if (pid !== null && isAlive(pid) && serverPid(folder) === null) fs.rmSync(file, { force: true });
}

/** The first line of a pid file, or null. */
export function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(fs.readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : null;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function linkTarget(link: string): string | null {
  try {
    return fs.readlinkSync(link);
  } catch {
    return null; // not Linux, or not ours to look at
  }
}
