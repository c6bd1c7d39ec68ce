/** Everything below /presets, in order: what a stranger sees, the door, custom sizes, files, presets. */
import { type RequestHandler, Router } from 'express';
import { currentOwner, requireOwner } from '../auth/currentUser.ts';
import type { AccountParts } from '../http/accountStack.ts';
import { leaveNoSession } from '../http/session.ts';
import type { Catalogue } from '../specs/catalogue.shared.ts';
import { customSizeRoutes } from './customSizes/customSizeRoutes.ts';
import { presetFileRoutes } from './file/presetFileRoutes.ts';
import { presetActRoutes } from './presetActs.ts';
import { presetRoutes } from './presetRoutes.ts';
import { createShowPresets } from './showPresets.ts';

/** Behind the account stack. */
export function presetsRoutes(parts: AccountParts, catalogue: Catalogue): Router {
  const { config, limits } = parts;
  const show = createShowPresets(parts, catalogue);
  const writes = { name: 'presets', limit: config.limits.presetWrites, windowMinutes: 15 };
  const countWrites: RequestHandler = async (req, _res, next) => {
    if (req.method === 'POST') await limits.takeAct(currentOwner(req), writes);
    next();
  };
  const routes = Router();

  routes.get('/presets', (req, res, next) => {
    if (req.session.userId !== undefined) return next();
    leaveNoSession(req); // the page has no form, and sets no cookie
    show.strangers(res);
  });
  routes.use('/presets', requireOwner, countWrites);
  routes.get('/presets', (req, res) => show.list(req, res));
  routes.use(customSizeRoutes(parts));
  routes.use(presetFileRoutes(parts, catalogue));
  routes.use(presetRoutes(parts, catalogue));
  routes.use(presetActRoutes(parts, catalogue));
  return routes;
}
