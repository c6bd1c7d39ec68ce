/** Custom sizes: making, changing, copying, deleting, bringing back. A script sends the same forms and gets JSON. */
import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { currentOwner } from '../../auth/currentUser.ts';
import { isUuid } from '../../database/uuid.ts';
import type { AccountParts } from '../../http/accountStack.ts';
import { asksForJson } from '../../http/asksForJson.ts';
import { HttpError } from '../../http/errors.ts';
import { readRaw } from '../../http/form.ts';
import { goTo } from '../../http/render.ts';
import { firstSizeFields } from '../firstFields.ts';
import { showBroken } from '../keptBroken.ts';
import type { CustomSizeContent } from '../preset.shared.ts';
import { readFormKey, readVersion, spentByScript } from '../sentForm.ts';
import { customSizeFieldNames } from './customSizeFields.shared.ts';
import { type CustomSizeForm, readCustomSizeForm, writeCustomSizeForm } from './customSizeForm.shared.ts';
import {
  addressOf,
  describeConflict,
  describeSentTwice,
  describeUnreadable,
  describeWasDeleted,
} from './customSizePage.ts';
import { customSizeRows, readCustomSize, rowIdOf } from './customSizeQueries.ts';
import { createShowCustomSize, readSizeNotice } from './showCustomSize.ts';

const taken = 'You have a custom size of this name already. Choose another name.';
const spent = 'This form made a custom size that you deleted. Send it once more to make it anew.';

/** To be mounted behind `requireOwner` and the limit of writes. */
export function customSizeRoutes(parts: AccountParts): Router {
  const { config, database } = parts;
  const { query } = database;
  const rows = customSizeRows(config.presets);
  const show = createShowCustomSize(parts);
  const full = `You keep ${config.presets.customSizes} custom sizes, and there is no room for more. Delete one first.`;
  const routes = Router();

  routes.get('/presets/sizes', (_req, res) => goTo(res, '/presets#sizes'));

  routes.get('/presets/sizes/new', async (req, res) => {
    const values = await firstSizeFields(query, currentOwner(req));
    await show.form(req, res, { kept: null, values });
  });

  routes.get('/presets/sizes/:id', async (req, res) => {
    const { ownerId, id, rowId } = namedIn(req);
    const row = await rows.find(query, ownerId, rowId);
    if (row === null) {
      const name = await rows.findDeleted(query, ownerId, rowId);
      if (name === null) throw noSuch();
      return show.deleted(req, res, { id, name });
    }
    if (row.content === null) {
      return showBroken(parts.render, res, { name: row.name, action: addressOf({ id }) });
    }
    const kept = readCustomSize(row);
    const notice = readSizeNotice(req.query.done);
    await show.form(req, res, { kept, values: writeCustomSizeForm(kept), notice });
  });

  routes.post('/presets/sizes', async (req, res) => {
    const { content, errors, typed } = readSent(req);
    const formKey = readFormKey(req.body);
    const refuse = (found: Record<string, string>, key = formKey) =>
      show.refused(req, res, { kept: null, values: typed, errors: found, formKey: key });
    if (content === null) return refuse(errors);
    const { name, ...rules } = content;
    const made = await rows.insert(database, currentOwner(req), { name, content: rules, formKey });
    if (made.kind === 'taken') return refuse({ name: taken });
    if (made.kind === 'full') return refuse({ name: full });
    if (made.kind === 'spent') {
      return asksForJson(req) ? spentByScript(res) : refuse({ name: spent }, randomUUID());
    }
    if (made.kind === 'gone') return asksForJson(req) ? void res.status(401).json({}) : goTo(res, '/sign-in');
    if (made.row.content === null) return show.done(req, res, made.row, 'made');
    const size = readCustomSize(made.row);
    if (isSame(size, content)) return show.done(req, res, made.row, 'made');
    res.status(409);
    if (asksForJson(req)) return void res.json({ now: size });
    await show.form(req, res, { kept: null, values: typed, conflict: describeSentTwice(size, content) });
  });

  routes.post('/presets/sizes/:id', async (req, res) => {
    const { ownerId, rowId } = namedIn(req);
    const { content, errors, typed } = readSent(req);
    const version = readVersion(req.body);
    const row = await rows.find(query, ownerId, rowId);
    if (row === null || row.content === null) return answerGone(req, res, { content, errors, typed });
    const kept = { ...readCustomSize(row), version };
    if (content === null) return show.refused(req, res, { kept, values: typed, errors });
    const { name, ...rules } = content;
    const saved = await rows.save(database, ownerId, { id: rowId, version, name, content: rules });
    if (saved.kind === 'taken')
      return show.refused(req, res, { kept, values: typed, errors: { name: taken } });
    if (saved.kind === 'gone') return answerGone(req, res, { content, errors, typed });
    if (saved.kind === 'saved') return show.done(req, res, saved.row, 'saved');
    if (saved.now.content === null) return answerGone(req, res, { content, errors, typed });
    const now = readCustomSize(saved.now);
    res.status(409);
    if (asksForJson(req)) return void res.json({ now });
    await show.form(req, res, { kept: now, values: typed, conflict: describeConflict(now, content) });
  });

  routes.post('/presets/sizes/:id/duplicate', async (req, res) => {
    const { ownerId, rowId } = namedIn(req);
    const copied = await rows.duplicate(database, ownerId, { id: rowId, formKey: readFormKey(req.body) });
    if (copied.kind === 'saved') return show.done(req, res, copied.row, 'copied');
    if (copied.kind === 'spent' && asksForJson(req)) return spentByScript(res);
    const row = await rows.find(query, ownerId, rowId);
    if (copied.kind === 'gone' || row === null || row.content === null) throw noSuch();
    const kept = readCustomSize(row);
    const name = copied.kind === 'full' ? full : 'This copy was made before and deleted. Make it once more.';
    await show.refused(req, res, { kept, values: writeCustomSizeForm(kept), errors: { name } });
  });

  routes.post('/presets/sizes/:id/delete', async (req, res) => {
    const { ownerId, id, rowId } = namedIn(req);
    const removed = await rows.remove(database, ownerId, rowId);
    if (removed === null) throw noSuch();
    if (asksForJson(req)) res.json({});
    else goTo(res, addressOf({ id })); // says so, and has the way back
  });

  routes.post('/presets/sizes/:id/restore', async (req, res) => {
    const { ownerId, id, rowId } = namedIn(req);
    const restored = await rows.restore(database, ownerId, rowId);
    if (restored.kind === 'gone') throw noSuch();
    if (restored.kind === 'restored') {
      return show.done(req, res, restored.row, restored.was === null ? 'restored' : 'renamed');
    }
    res.status(422);
    if (asksForJson(req)) return void res.json({ errors: { name: full } });
    const name = (await rows.findDeleted(query, ownerId, rowId)) ?? '';
    await show.deleted(req, res, { id, name }, { full });
  });

  for (const act of ['duplicate', 'delete', 'restore']) {
    routes.get(`/presets/sizes/:id/${act}`, (req, res) => goTo(res, addressOf({ id: namedIn(req).id }))); // a reload
  }

  /** Deleted elsewhere, or no longer to be read, while it was changed here: what was typed can still become a new one. */
  async function answerGone(req: Request, res: Response, { content, errors, typed }: CustomSizeForm) {
    const { ownerId, id, rowId } = namedIn(req);
    const broken = await rows.find(query, ownerId, rowId);
    const name = broken?.name ?? (await rows.findDeleted(query, ownerId, rowId));
    if (name === null || asksForJson(req)) throw noSuch();
    if (content === null) return show.refused(req, res, { kept: null, values: typed, errors });
    const conflict = (broken === null ? describeWasDeleted : describeUnreadable)({ id, name });
    res.status(409);
    await show.form(req, res, { kept: null, values: typed, conflict });
  }

  return routes;
}

function noSuch(): HttpError {
  return new HttpError(404, 'There is no such custom size. It may have been deleted for good.');
}

/** Whose custom size the address names. */
function namedIn(req: Request): { ownerId: string; id: string; rowId: string } {
  const { id } = req.params;
  const rowId = typeof id === 'string' ? rowIdOf(id) : '';
  if (!isUuid(rowId)) throw noSuch();
  return { ownerId: currentOwner(req), id: String(id), rowId };
}

function readSent(req: Request): CustomSizeForm {
  return readCustomSizeForm(
    Object.fromEntries(customSizeFieldNames.map((name) => [name, readRaw(req.body, name)])),
  );
}

function isSame(one: CustomSizeContent, other: CustomSizeContent): boolean {
  return JSON.stringify(writeCustomSizeForm(one)) === JSON.stringify(writeCustomSizeForm(other));
}
