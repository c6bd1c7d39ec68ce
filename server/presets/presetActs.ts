/** What is done to a whole preset: copying, deleting, bringing back. */
import { Router } from 'express';
import type { AccountParts } from '../http/accountStack.ts';
import { asksForJson } from '../http/asksForJson.ts';
import { goTo } from '../http/render.ts';
import type { Catalogue } from '../specs/catalogue.shared.ts';
import { namedPreset, noSuchPreset } from './namedPreset.ts';
import { fullWords } from './presetList.ts';
import { presetRows } from './presetQueries.ts';
import { readFormKey, spentByScript } from './sentForm.ts';
import { createShowPresets } from './showPresets.ts';

const copySpent = 'This copy was made before, and deleted since. Press Duplicate once more.';

/** To be mounted behind `requireOwner` and the limit of writes. */
export function presetActRoutes(parts: AccountParts, catalogue: Catalogue): Router {
  const { config, database } = parts;
  const rows = presetRows(config.presets);
  const show = createShowPresets(parts, catalogue);
  const full = fullWords(config.presets);
  const routes = Router();

  routes.post('/presets/:id/duplicate', async (req, res) => {
    const { ownerId, id } = namedPreset(req);
    const copied = await rows.duplicate(database, ownerId, { id, formKey: readFormKey(req.body) });
    if (copied.kind === 'saved') return show.done(res, copied.row, 'copied');
    if (copied.kind === 'gone') throw noSuchPreset();
    if (copied.kind === 'spent' && asksForJson(req)) return spentByScript(res);
    await show.notDone(req, res, copied.kind === 'full' ? full : copySpent);
  });

  routes.post('/presets/:id/delete', async (req, res) => {
    const { ownerId, id } = namedPreset(req);
    const removed = await rows.remove(database, ownerId, id);
    if (removed === null) throw noSuchPreset();
    if (asksForJson(req)) res.json({});
    else goTo(res, `/presets?done=deleted&id=${id}`); // says so, and has the way back
  });

  routes.post('/presets/:id/restore', async (req, res) => {
    const { ownerId, id } = namedPreset(req);
    const restored = await rows.restore(database, ownerId, id);
    if (restored.kind === 'gone') throw noSuchPreset();
    if (restored.kind === 'full') return show.notDone(req, res, full);
    show.done(res, restored.row, restored.was === null ? 'restored' : 'renamed');
  });

  for (const act of ['duplicate', 'delete', 'restore']) {
    routes.get(`/presets/:id/${act}`, (_req, res) => goTo(res, '/presets')); // a reload
  }

  return routes;
}
