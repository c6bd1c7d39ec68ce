/** People who make presets without a pause, send a form again until it is acknowledged, and remember which were. */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../server/database/pool.ts';
import { addPerson, signIn } from '../server/security/accountsApp.ts';
import { readToken } from '../server/security/visitor.ts';

/** What came back of a form. */
export interface Answered {
  status: number;
  location: string;
  retryAfter: string;
}

/** Sends once, counts what came of it, and says whether it was acknowledged. */
export type Attempt = (send: () => Promise<Answered>) => Promise<boolean>;

export interface PresetMaker {
  /** Sends a form with a new name, or the last one once more when nobody knows what became of it. */
  makeOne(attempt: Attempt): Promise<void>;
  /** 0 and 0 are the only good answers. */
  count(): Promise<{ lost: number; double: number }>;
}

interface Sent {
  name: string;
  formKey: string;
}

/** LIMIT_PRESETS_KEPT can be set no higher; makers stop a little below. */
export const mostPresets = 1000;
const roomLeft = 10;

const fields = {
  item: JSON.stringify({ specId: 'x-post', version: 1, fit: null }),
  mode: 'cover',
  background: 'blur',
  colour: '#ffffff',
  format: 'auto',
  quality: '90',
  template: '{photo}-{spec}',
  do: 'save',
};

export async function startPresetMaker(
  url: string,
  database: Database,
  headers: Record<string, string>,
): Promise<PresetMaker> {
  const person = await addPerson(database, 'maker');
  const visitor = await signIn({ url, database }, person, headers);
  const _csrf = readToken((await visitor.get('/account')).body.toString());
  const sent: Sent[] = [];
  const acknowledged: (Sent & { id: string })[] = [];
  let pending: Sent | null = null;

  return {
    async makeOne(attempt) {
      if (sent.length >= mostPresets - roomLeft) return;
      if (pending === null) {
        pending = { name: `Preset ${sent.length + 1}`, formKey: randomUUID() };
        sent.push(pending);
      }
      const form = pending;
      let location = '';
      const isAcknowledged = await attempt(async () => {
        const answer = await visitor.post('/presets', { ...fields, ...form, _csrf });
        location = answer.headers.location ?? '';
        return { status: answer.status, location, retryAfter: answer.headers['retry-after'] ?? '' };
      });
      if (!isAcknowledged) return;
      acknowledged.push({ ...form, id: /[?&]id=([0-9a-f-]{36})$/.exec(location)?.[1] ?? '' });
      pending = null;
    },
    async count() {
      const found = await database.query(
        `SELECT id, name, made_by AS "formKey" FROM presets WHERE user_id = $1 AND deleted_at IS NULL`,
        [person.id],
      );
      const rows = found as (Sent & { id: string })[];
      const byKey = new Map(rows.map((row) => [row.formKey, row]));
      const lost = acknowledged.filter(({ id, name, formKey }) => {
        const row = byKey.get(formKey);
        return row?.id !== id || row.name !== name;
      });
      const asked = new Set(sent.map(({ formKey }) => formKey));
      const strays = rows.filter(({ formKey }) => !asked.has(formKey));
      return {
        lost: lost.length,
        double: rows.length - new Set(rows.map(({ name }) => name)).size + strays.length,
      };
    },
  };
}
