/**
 * As whom Postgres runs. It refuses to be root, and on small servers, in containers and in CI people are root. No way makes
 * a user on the machine.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { StartError } from '../startError.ts';

interface Ids {
  uid: number;
  gid: number;
}

export interface Identity {
  /** Stands in front of the program's command line. */
  prefix: readonly string[];
  /** The user to switch to when the program is started; null: none. */
  user: Ids | null;
  /** Who has to own a folder that the program is to use; null: whoever does. */
  owner: Ids | null;
}

/** The ids of `nobody` on Linux. */
const nobody: Ids = { uid: 65_534, gid: 65_534 };

/** In a user namespace of its own root looks like nobody, and still owns root's files: also below /root. */
const namespace = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`, '--'];

/**
 * Not root: as we are. Root: as the owner of the folder; when that is root, in a user namespace; where those are forbidden
 * (some containers, a chroot), as nobody, who then gets the folder.
 * @param folder what Postgres is to own: its data directory, or the folder in which that is to be made
 * @param programs the folder of the binaries
 * @throws StartError when no way is left
 */
export function chooseIdentity(folder: string, programs: string): Identity {
  if (process.getuid?.() !== 0) return { prefix: [], user: null, owner: null };
  if (fs.statSync(folder).uid === 0) {
    if (works(namespace)) return { prefix: namespace, user: null, owner: null };
    giveTo(nobody, folder);
  }
  const { uid, gid } = fs.statSync(folder);
  const owner = { uid, gid };
  if (canReach(owner, [folder, programs])) return { prefix: [], user: owner, owner };
  const prefix = withPassage(owner);
  if (works(prefix)) return { prefix, user: null, owner };
  throw new StartError(
    `Postgres does not run as root, and user ${uid} can't enter ${folder} or ${programs}: move them, or set DATABASE_URL.`,
  );
}

/**
 * As that user, but past folders that are closed to it, such as /root: it may open what root may, as in the namespace.
 * Without the secure bit the kernel takes the capability away inside access(2), with which initdb looks for postgres.
 */
function withPassage({ uid, gid }: Ids): string[] {
  const user = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const passage = [
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
  ];
  return ['setpriv', ...user, ...passage, '--'];
}

function works([program = '', ...args]: readonly string[]): boolean {
  return spawnSync(program, [...args, '/bin/sh', '-c', ':'], { stdio: 'ignore' }).status === 0;
}

function canReach(user: Ids, folders: string[]): boolean {
  const script = 'for folder; do cd "$folder" || exit 1; done';
  return (
    spawnSync('/bin/sh', ['-c', script, 'reach', ...folders], { stdio: 'ignore', cwd: '/', ...user })
      .status === 0
  );
}

function giveTo({ uid, gid }: Ids, folder: string): void {
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    fs.lchownSync(path.join(folder, name), uid, gid);
  }
  fs.chownSync(folder, uid, gid);
}
