/** A reason not to start that the operator can put right. main.ts prints its message alone, without a stack. */
export class StartError extends Error {
  override name = 'StartError';
}

/** Why something was refused, in words: the usual system errors, else the error's own message. */
export function reasonOf(error: unknown): string {
  return reasons[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
}

/** `EACCES` and the like; an empty string when the error has no code. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'another program already uses it',
  EADDRNOTAVAIL: 'this machine has no such address',
  ECONNREFUSED: 'connection refused',
  EEXIST: 'a file of that name is in the way',
  ENOENT: 'no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is a file, not a folder',
  ENOTFOUND: 'no such host',
  EPERM: 'not permitted',
  EROFS: 'the disk is read-only',
  ETIMEDOUT: 'no answer in time',
};
