/** A person who is signed in, with presets and custom sizes, straight into the tables. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Database } from '../../server/database/pool.ts';
import { makeSessionId } from '../../server/http/sessionIds.ts';
import { builtIn } from '../../server/specs/catalogue.ts';
import { testSecrets } from '../../test/server/appParts.ts';

/** @returns the person's id and the session's cookie */
export async function seedPerson(
  { query }: Database,
  { presets, sizes, specsPerPreset = 10 }: { presets: number; sizes: number; specsPerPreset?: number },
): Promise<{ owner: string; cookie: string }> {
  const [owner, sid] = [randomUUID(), makeSessionId()];
  await query(
    `INSERT INTO users (id, email, email_key, password_hash, pepper_version)
     VALUES ($1, 'alice@example.org', 'alice@example.org', $2, 1)`,
    [owner, 'a hash that no password has'],
  );
  await query(
    `INSERT INTO sessions (sid, user_id, device, expires) VALUES ($1, $2, 'wrk', now() + interval '1 day')`,
    [sid, owner],
  );
  for (let number = 1; number <= presets; number++) {
    const start = number % Math.max(1, builtIn.specs.length - specsPerPreset);
    const specs = builtIn.specs.slice(start, start + specsPerPreset);
    await keep(query, 'presets', owner, `Preset ${number}`, {
      items: specs.map(({ id, version }) => ({ specId: id, version, fit: null })),
      fit: { mode: 'cover', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } },
      settings: { format: 'auto', quality: 90, template: '{photo}-{spec}-{width}x{height}' },
    });
  }
  for (let number = 1; number <= sizes; number++) {
    await keep(query, 'custom_sizes', owner, `Size ${number}`, {
      size: { kind: 'size', width: 600 + number, height: 400, unit: 'px' },
      fit: null,
      formats: ['jpeg'],
      quality: null,
      minBytes: null,
      maxBytes: 240_000,
      dpi: null,
      safeArea: null,
      mask: null,
    });
  }
  return { owner, cookie: `sid=${encodeURIComponent(`s:${sid}.${signature(sid, testSecrets.session[0])}`)}` };
}

/** As express-session signs the id in its cookie. */
export function signature(sid: string, secret: string): string {
  return createHmac('sha256', secret).update(sid).digest('base64').replace(/=+$/, '');
}

async function keep(
  query: Database['query'],
  table: 'presets' | 'custom_sizes',
  owner: string,
  name: string,
  content: object,
): Promise<void> {
  await query(
    `INSERT INTO ${table} (user_id, made_by, name, name_key, content) VALUES ($1, $2, $3, $4, $5)`,
    [owner, randomUUID(), name, name.toLowerCase(), JSON.stringify(content)],
  );
}

/** id -> what a list of presets shows of a spec. */
export function specsForPeer(): string {
  const rows = builtIn.specs.map(({ id, group, name, widthPx, heightPx, mask, version }) => [
    id,
    { name: `${group} ${name}`, width: widthPx, height: heightPx, mask, version },
  ]);
  return JSON.stringify(Object.fromEntries(rows));
}
