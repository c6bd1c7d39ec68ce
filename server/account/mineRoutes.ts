/** GET /account/mine: what the scripts of a page ask once, to know whose browser it is and what is kept for them. */
import { createHmac } from 'node:crypto';
import { Router } from 'express';
import type { AuthParts } from '../auth/authParts.ts';
import { leaveNoSession } from '../http/session.ts';
import { listKept } from '../presets/keptList.ts';
import { readPreset } from '../presets/presetQueries.ts';
import { selectAccount } from './accountQueries.ts';
import type { Mine } from './mine.shared.ts';

export function mineRoutes({ config, database, secrets, limits }: AuthParts): Router {
  const { query } = database;
  const routes = Router();
  const askLimit = { name: 'mine', limit: config.limits.presetWrites, windowMinutes: 15 };

  routes.get('/account/mine', async (req, res) => {
    const { userId } = req.session;
    if (userId !== undefined) await limits.takeAct(userId, askLimit); // the answer may have hundreds of kilobytes
    const account = userId === undefined ? null : await selectAccount(query, userId);
    if (userId === undefined || account === null) {
      leaveNoSession(req); // the workspace asks for everybody, and sets no cookie
      return void res.json({ signedIn: false } satisfies Mine);
    }
    const { presets, customSizes } = await listKept(query, userId);
    const mine: Mine = {
      signedIn: true,
      tag: tagOf(userId, secrets.session[0]),
      csrfToken: req.csrfToken?.() ?? '',
      preferences: account.preferences,
      preferencesAge: account.preferencesAge,
      presets: presets.flatMap((row) => (row.content === null ? [] : readPreset(row))),
      customSizes,
      limits: config.presets,
    };
    res.json(mine);
  });

  return routes;
}

/** Stands for an account in a browser that keeps a copy of its preferences. Nobody can tell the account from it. */
function tagOf(userId: string, secret: string): string {
  const key = createHmac('sha256', secret).update('tags of accounts in browsers').digest();
  return createHmac('sha256', key).update(userId).digest('base64url').slice(0, 22);
}
