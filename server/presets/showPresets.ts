/** Answers with the list of presets or with the editor of one, or with what a script needs of them. */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { currentOwner } from '../auth/currentUser.ts';
import type { AccountParts } from '../http/accountStack.ts';
import { asksForJson } from '../http/asksForJson.ts';
import { goTo } from '../http/render.ts';
import { daysWords } from '../pages/periods.shared.ts';
import type { Catalogue } from '../specs/catalogue.shared.ts';
import { listCustomSizes } from './customSizes/customSizeQueries.ts';
import { type Kept, listKept } from './keptList.ts';
import { type KnownSpecs, knownSpecs } from './knownSpecs.ts';
import type { Preset } from './preset.shared.ts';
import { describeEditor, type ShownEditor } from './presetEditor.ts';
import { describeList, listNotice } from './presetList.ts';
import { type PresetRow, readPreset } from './presetQueries.ts';

export interface ShowPresets {
  /** The catalogue and the person's custom sizes. */
  know(req: Request): Promise<KnownSpecs>;
  /** For somebody who is signed out: the presets of the browser, by script. No database is asked. */
  strangers(res: Response): void;
  /** All presets and custom sizes. `problem`: why something was not done. */
  list(req: Request, res: Response, problem?: string): Promise<void>;
  /** 422 with the list, or the reason alone for a script. */
  notDone(req: Request, res: Response, problem: string): Promise<void>;
  /** The editor; `res` has its status already. */
  editor(res: Response, known: KnownSpecs, shown: ShownEditor): void;
  /** 422 with the editor, or its errors alone for a script. */
  refused(res: Response, known: KnownSpecs, shown: ShownEditor & { errors: Record<string, string> }): void;
  /** 409 with the editor and a warning, or what is there now for a script. */
  changed(res: Response, known: KnownSpecs, shown: ShownEditor, now: Preset | null): void;
  /** Carried out: the list comes next, or the preset itself for a script; null when it can't be read. */
  done(res: Response, row: PresetRow, notice: 'created' | 'saved' | 'copied' | 'restored' | 'renamed'): void;
}

export function createShowPresets(
  { config, database, render }: AccountParts,
  catalogue: Catalogue,
): ShowPresets {
  const { query } = database;
  const period = daysWords(config.retention.deletedDays);
  /** What the script of a stranger's page names and draws specs by. */
  const namedSpecs = catalogue.specs.map(({ id, version, group, name, widthPx, heightPx, mask }) => {
    return { id, version, group, name, widthPx, heightPx, mask };
  });

  const readDone = (req: Request, kept: Kept) => {
    const [done, id] = [req.query.done, String(req.query.id ?? '')];
    const deleted = kept.deleted.find((thing) => thing.kind === 'preset' && thing.id === id);
    if (done === 'deleted' && deleted !== undefined) {
      return { notice: '', deleted: { id, name: deleted.name, period } };
    }
    const name = kept.presets.find((row) => row.id === id)?.name ?? null;
    return { notice: listNotice(done, name), deleted: null };
  };

  const show: ShowPresets = {
    async know(req) {
      return knownSpecs(catalogue, await listCustomSizes(query, currentOwner(req)));
    },
    async list(req, res, problem = '') {
      const kept = await listKept(query, currentOwner(req));
      const { notice, deleted } = readDone(req, kept);
      const { deletedDays } = config.retention;
      const list = describeList({ kept, deletedDays, limits: config.presets }, catalogue);
      const said = problem || notice || (deleted === null ? '' : `“${deleted.name}” is deleted`);
      render(res, 'presets', {
        title: [said, 'Presets', 'All Img Fit'].filter(Boolean).join(' · '),
        pageScripts: ['account.js', 'presets.js'],
        pageStyles: ['presets.css'],
        ...list,
        problem,
        notice,
        deleted,
        newFormKey: randomUUID,
      });
    },
    strangers(res) {
      render(res, 'presetsHere', {
        title: 'Presets · All Img Fit',
        description:
          'Named sets of specs, with their fit and their export settings, kept in this browser or with an account.',
        pageScripts: ['presets.js'],
        pageStyles: ['presets.css'],
        namedSpecs,
      });
    },
    async notDone(req, res, problem) {
      res.status(422);
      if (asksForJson(req)) res.json({ errors: { limit: problem } });
      else await show.list(req, res, problem);
    },
    editor(res, known, shown) {
      render(res, 'preset', describeEditor(shown, { known, limits: config.presets }));
    },
    refused(res, known, shown) {
      res.status(422);
      if (asksForJson(res.req)) res.json({ errors: shown.errors });
      else show.editor(res, known, shown);
    },
    changed(res, known, shown, now) {
      res.status(409);
      if (asksForJson(res.req)) res.json({ now });
      else show.editor(res, known, shown);
    },
    done(res, row, notice) {
      const preset = row.content === null ? null : readPreset(row);
      if (asksForJson(res.req)) {
        res.status(notice === 'created' || notice === 'copied' ? 201 : 200).json({ preset });
      } else goTo(res, `/presets?done=${notice}&id=${row.id}`);
    },
  };
  return show;
}
