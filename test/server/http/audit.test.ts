import { expect, test } from 'vitest';
import { createAudit } from '../../../server/http/audit.ts';
import { createLog } from '../../../server/log.ts';

const alice = '7b0e2a52-3a3c-4b53-9a3e-0a3f1f0e9d11';
const bob = 'c6a3cf5e-7e0a-4d0b-8a53-3f3c7f1f2a22';

function createWatched(secret: string) {
  const lines: string[] = [];
  const audit = createAudit(createLog('info', { write: (line: string) => void lines.push(line) }), secret);
  return { audit, written: () => lines.map((line) => JSON.parse(line)) };
}

test('an event is one line with its name, the request, and a name for the account that is not its id', () => {
  const { audit, written } = createWatched('secret of this server, long enough');
  audit('sign-in-failed', { userId: alice, requestId: 'r1', reason: 'password' });
  expect(written()).toEqual([
    {
      level: 'warn',
      time: expect.stringMatching(/Z$/),
      event: 'sign-in-failed',
      id: 'r1',
      account: expect.stringMatching(/^[0-9a-f]{16}$/),
      reason: 'password',
      msg: 'audit',
    },
  ]);
  expect(JSON.stringify(written())).not.toContain(alice.slice(0, 8));
});

test('one account has one name, two accounts have two, and another secret gives other names', () => {
  const one = createWatched('first secret');
  one.audit('signed-in', { userId: alice });
  one.audit('signed-out', { userId: alice });
  one.audit('signed-in', { userId: bob });
  const other = createWatched('second secret');
  other.audit('signed-in', { userId: alice });
  const names = [...one.written(), ...other.written()].map(({ account }) => account);
  expect(names[0]).toBe(names[1]);
  expect(new Set(names).size).toBe(3);
});

test('an event without a known account has no account at all', () => {
  const { audit, written } = createWatched('secret');
  audit('sign-in-failed', { userId: null, reason: 'unknown' });
  audit('limit-reached');
  expect(written().every((line) => !('account' in line) && !('id' in line))).toBe(true);
});
