/** Presets as files: exporting one or all, and importing. A script sends the same form and gets JSON. */
import { randomUUID } from 'node:crypto';
import { type Response, Router } from 'express';
import { currentOwner } from '../../auth/currentUser.ts';
import type { AccountParts } from '../../http/accountStack.ts';
import { asksForJson } from '../../http/asksForJson.ts';
import { readRaw } from '../../http/form.ts';
import { goTo } from '../../http/render.ts';
import type { Catalogue } from '../../specs/catalogue.shared.ts';
import { listCustomSizes } from '../customSizes/customSizeQueries.ts';
import { namedPreset, noSuchPreset } from '../namedPreset.ts';
import { listPresets, presetRows, readPreset } from '../presetQueries.ts';
import { readFormKey } from '../sentForm.ts';
import { parsePresetFile } from './presetFile.shared.ts';
import {
  describeImported,
  describeImportForm,
  fullFault,
  listUnknown,
  type ShownImport,
} from './presetImportPage.ts';
import { importPresets } from './presetImportQueries.ts';
import { writePresetFile } from './writtenPresetFile.shared.ts';

/** To be mounted behind `requireOwner` and the limit of writes, before the addresses of single presets. */
export function presetFileRoutes({ config, database, render }: AccountParts, catalogue: Catalogue): Router {
  const { query } = database;
  const limits = config.presets;
  const rows = presetRows(limits);
  const routes = Router();

  routes.get('/presets/export', async (req, res) => {
    const id = currentOwner(req);
    const presets = await listPresets(query, id);
    const sizes = await listCustomSizes(query, id);
    sendFile(res, `presets-${new Date().toISOString().slice(0, 10)}`, writePresetFile(presets, sizes));
  });

  routes.get('/presets/:id/export', async (req, res) => {
    const { ownerId, id } = namedPreset(req);
    const row = await rows.find(query, ownerId, id);
    if (row === null || row.content === null) throw noSuchPreset();
    const preset = readPreset(row);
    const used = new Set(preset.items.map(({ specId }) => specId));
    const sizes = (await listCustomSizes(query, ownerId)).filter((size) => used.has(size.id));
    sendFile(res, preset.name, writePresetFile([preset], sizes));
  });

  routes.get('/presets/import', (_req, res) =>
    render(
      res,
      'presetImport',
      describeImportForm({ formKey: randomUUID(), json: '', faults: [], count: 0 }),
    ),
  );

  routes.post('/presets/import', async (req, res) => {
    const text = readRaw(req.body, 'json');
    const formKey = readFormKey(req.body);
    const refuse = ({ faults, count }: Pick<ShownImport, 'faults' | 'count'>) => {
      res.status(422);
      if (asksForJson(req)) res.json({ errors: faults, count });
      else render(res, 'presetImport', describeImportForm({ formKey, json: text, faults, count }));
    };
    const file = parsePresetFile(text, limits);
    if (file.kind === 'refused') return refuse(file);
    const outcome = await importPresets(database, currentOwner(req), { file, text, formKey }, limits);
    if (outcome.kind === 'full') return refuse({ faults: [fullFault(outcome)], count: 1 });
    if (outcome.kind === 'gone') {
      return asksForJson(req) ? void res.status(401).json({}) : goTo(res, '/sign-in');
    }
    const unknown = listUnknown(file, catalogue);
    if (asksForJson(req)) res.status(201).json({ ...outcome.imported, unknown });
    else render(res, 'presetImport', describeImported(outcome.imported, outcome.isRepeated, unknown));
  });

  return routes;
}

/** Every system takes the name of the file: letters and digits of any script, and single hyphens. */
function sendFile(res: Response, name: string, content: string): void {
  const safe = name.replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-').replaceAll(/^-|-$/g, '');
  res
    .attachment(`all-img-fit-${safe || 'preset'}.json`)
    .type('application/json')
    .send(content);
}
