/** The editor of presets: making and changing one. A script sends the same forms and gets JSON. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { currentOwner } from '../auth/currentUser.ts';
import type { AccountParts } from '../http/accountStack.ts';
import { asksForJson } from '../http/asksForJson.ts';
import { originOf } from '../http/origin.ts';
import { goTo } from '../http/render.ts';
import type { Catalogue } from '../specs/catalogue.shared.ts';
import { defaultFit } from '../specs/fit.shared.ts';
import { changedWords } from './changedWords.ts';
import { firstSettings } from './firstFields.ts';
import { showBroken } from './keptBroken.ts';
import type { KnownSpecs } from './knownSpecs.ts';
import { namedPreset, noSuchPreset } from './namedPreset.ts';
import { addTicked } from './presetDraft.ts';
import {
  describeConflict,
  describeGone,
  describeSentTwice,
  describeUnreadable,
  type ShownEditor,
} from './presetEditor.ts';
import { writePresetForm } from './presetForm.shared.ts';
import { writePresetLink } from './presetLink.shared.ts';
import { fullWords } from './presetList.ts';
import { presetRows, readPreset } from './presetQueries.ts';
import { readFormKey, readVersion } from './sentForm.ts';
import { checkSent, isSamePreset, readDraft, readSentPreset, type SentPreset } from './sentPreset.ts';
import { createShowPresets } from './showPresets.ts';

const taken = 'You have a preset of this name already. Choose another name.';

/** To be mounted behind `requireOwner` and the limit of writes. */
export function presetRoutes(parts: AccountParts, catalogue: Catalogue): Router {
  const { config, database } = parts;
  const { query } = database;
  const limits = config.presets;
  const rows = presetRows(limits);
  const show = createShowPresets(parts, catalogue);
  const full = fullWords(limits);
  const routes = Router();

  routes.get('/presets/new', async (req, res) => {
    const known = await show.know(req);
    const ticked = readIds(req.query.specs).slice(0, limits.specsPerPreset);
    const { items } = addTicked({ items: [], ticked, known, limits });
    const settings = await firstSettings(query, currentOwner(req));
    const fields = writePresetForm({ name: '', items, fit: defaultFit, settings });
    show.editor(res, known, { kept: null, formKey: randomUUID(), fields, items });
  });

  routes.post('/presets', async (req, res) => {
    const known = await show.know(req);
    const formKey = readFormKey(req.body);
    const sent = readSentPreset(req.body);
    const begun = { kept: null, formKey, query: sent.query };
    if (sent.act !== null) return show.editor(res, known, { ...begun, ...readDraft(sent, known, limits) });
    const { content, ...checked } = checkSent(sent, known, limits);
    const shown: ShownEditor = { ...begun, ...checked };
    if (content === null) return show.refused(res, known, { ...shown, errors: checked.errors });
    const { name, ...stored } = content;
    const made = await rows.insert(database, currentOwner(req), { name, content: stored, formKey });
    if (made.kind === 'gone') return asksForJson(req) ? void res.status(401).json({}) : goTo(res, '/sign-in');
    if (made.kind === 'taken') return show.refused(res, known, { ...shown, errors: { name: taken } });
    if (made.kind === 'full') return show.refused(res, known, { ...shown, errors: { limit: full } });
    const afresh = { ...shown, formKey: randomUUID() };
    if (made.kind === 'spent')
      return show.changed(res, known, { ...afresh, warning: describeGone(name) }, null);
    if (made.row.content === null) return show.done(res, made.row, 'created');
    const preset = readPreset(made.row);
    if (isSamePreset(preset, content)) return show.done(res, made.row, 'created');
    const warning = describeSentTwice({ mine: content, made: preset }, known);
    show.changed(res, known, { ...afresh, warning }, preset);
  });

  routes.get('/presets/:id', async (req, res) => {
    const { ownerId, id } = namedPreset(req);
    const row = await rows.find(query, ownerId, id);
    if (row === null) {
      if ((await rows.findDeleted(query, ownerId, id)) === null) throw noSuchPreset();
      return goTo(res, `/presets?done=deleted&id=${id}`); // says so, and has the way back
    }
    if (row.content === null) {
      return showBroken(parts.render, res, { name: row.name, action: `/presets/${id}` });
    }
    const preset = readPreset(row);
    const fields = writePresetForm(preset);
    const known = await show.know(req);
    const hash = writePresetLink(preset, known.sizes);
    const link = hash === null ? null : `${originOf(req, config.publicUrl)}/generate${hash}`;
    show.editor(res, known, { kept: preset, formKey: '', fields, items: preset.items, link });
  });

  routes.post('/presets/:id', async (req, res) => {
    const { ownerId, id } = namedPreset(req);
    const row = await rows.find(query, ownerId, id);
    const sent = readSentPreset(req.body);
    const version = readVersion(req.body);
    const known = await show.know(req);
    if (row === null || row.content === null) return answerGone(req, res, { sent, known });
    const begun = { kept: { id, name: row.name, version }, formKey: '', query: sent.query };
    if (sent.act !== null) return show.editor(res, known, { ...begun, ...readDraft(sent, known, limits) });
    const { content, ...checked } = checkSent(sent, known, limits);
    const shown: ShownEditor = { ...begun, ...checked };
    if (content === null) return show.refused(res, known, { ...shown, errors: checked.errors });
    const { name, ...stored } = content;
    const saved = await rows.save(database, ownerId, { id, version, name, content: stored });
    if (saved.kind === 'gone') return answerGone(req, res, { sent, known });
    if (saved.kind === 'taken') return show.refused(res, known, { ...shown, errors: { name: taken } });
    if (saved.kind === 'saved') return show.done(res, saved.row, 'saved');
    if (saved.now.content === null) return answerGone(req, res, { sent, known });
    const now = readPreset(saved.now);
    const ago = changedWords(saved.now.changedAt, new Date());
    const warning = describeConflict({ mine: content, now, ago }, known);
    show.changed(res, known, { ...shown, kept: now, warning }, now);
  });

  /** Deleted elsewhere, or no longer to be read, while it was changed here: what was done can still become a new one. */
  async function answerGone(
    req: Request,
    res: Response,
    { sent, known }: { sent: SentPreset; known: KnownSpecs },
  ) {
    const { ownerId, id } = namedPreset(req);
    const broken = await rows.find(query, ownerId, id);
    const name = broken?.name ?? (await rows.findDeleted(query, ownerId, id));
    if (name === null || asksForJson(req)) throw noSuchPreset();
    const { content, ...checked } = checkSent(sent, known, limits);
    const shown: ShownEditor = { kept: null, formKey: randomUUID(), query: sent.query, ...checked };
    if (content === null) return show.refused(res, known, { ...shown, errors: checked.errors });
    const warning = broken === null ? describeGone(name) : describeUnreadable(name);
    show.changed(res, known, { ...shown, warning }, null);
  }

  return routes;
}

/** `a,b` of an address. */
function readIds(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',').map((id) => id.trim()) : [];
}
