/** Saving the preferences: by the form of the account page, and by the scripts of pages that saw them change. */
import { type RequestHandler, Router } from 'express';
import type { AuthParts } from '../auth/authParts.ts';
import { currentUser } from '../auth/currentUser.ts';
import { asksForJson } from '../http/asksForJson.ts';
import { goTo } from '../http/render.ts';
import { savePreferences } from './accountQueries.ts';
import { readAge, readPreferences } from './preferences.ts';
import type { ShowAccount } from './showAccount.ts';

/**
 * Both send the same fields. A script asks for JSON and says how long ago the change was made (`age`); it gets what counts
 * afterwards, which is not what it sent when another browser was later. What it sends is counted apart from the forms.
 * @param limitForms goes before the form
 */
export function preferenceRoutes(
  { config, database, limits }: AuthParts,
  { show, limitForms }: { show: ShowAccount; limitForms: RequestHandler[] },
): Router {
  const { query } = database;
  const routes = Router();
  const scriptLimit = { name: 'preferences', limit: config.limits.presetWrites, windowMinutes: 15 };

  routes.post('/account/preferences', async (req, res, next) => {
    if (!asksForJson(req)) return next();
    const { id } = currentUser(req);
    await limits.takeAct(id, scriptLimit);
    const { value, errors } = readPreferences(req.body);
    if (Object.keys(errors).length > 0) return void res.status(422).json({ errors });
    const kept = await savePreferences(query, id, { preferences: value, age: readAge(req.body) });
    if (kept === null) res.status(401).json({});
    else res.json(kept);
  });

  routes.post('/account/preferences', ...limitForms, async (req, res) => {
    const { value, typed, errors } = readPreferences(req.body);
    if (Object.keys(errors).length > 0) {
      return show(req, res, { section: 'preferences', errors, values: typed, preferences: value });
    }
    const change = { preferences: value, age: null };
    const kept = await savePreferences(query, currentUser(req).id, change);
    goTo(res, kept === null ? '/sign-in' : '/account?done=preferences');
  });

  return routes;
}
