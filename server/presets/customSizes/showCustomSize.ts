/** Answers with the page of one custom size, or with what a script needs of it. */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { currentOwner } from '../../auth/currentUser.ts';
import type { AccountParts } from '../../http/accountStack.ts';
import { asksForJson } from '../../http/asksForJson.ts';
import { goTo } from '../../http/render.ts';
import { type CustomSize, customSizePrefix } from '../preset.shared.ts';
import { addressOf, describeDeleted, describeForm, type ShownForm } from './customSizePage.ts';
import { type CustomSizeRow, listPresetsWith, readCustomSize } from './customSizeQueries.ts';

/** After a form that was carried out, the address names what was done. */
const notices: Record<string, string> = {
  made: 'The custom size is made. Presets and the workspace can use it.',
  saved: 'The custom size is saved.',
  copied: 'This is the copy.',
  restored: 'The custom size is back.',
  renamed: 'The custom size is back under another name, because its own was given away meanwhile.',
};

type Named = Pick<CustomSize, 'id' | 'name'>;

/** What is left out stands for nothing to say. */
type Shown = Pick<ShownForm, 'kept' | 'values'> & Partial<ShownForm>;

export interface ShowCustomSize {
  /** The form; `res` has its status already. */
  form(req: Request, res: Response, shown: Shown): Promise<void>;
  /** What was deleted, with the way back. */
  deleted(req: Request, res: Response, size: Named, errors?: Record<string, string>): Promise<void>;
  /** 422 with the form, or its errors alone for a script. */
  refused(req: Request, res: Response, shown: Shown & Pick<ShownForm, 'errors'>): Promise<void>;
  /** Carried out: the page of the custom size comes next, or the custom size itself for a script; null when it can't be read. */
  done(req: Request, res: Response, row: CustomSizeRow, notice: keyof typeof notices): void;
}

export function createShowCustomSize({ config, database, render }: AccountParts): ShowCustomSize {
  const { deletedDays } = config.retention;
  const presetsWith = (req: Request, { id }: Pick<CustomSize, 'id'>) =>
    listPresetsWith(database.query, currentOwner(req), id);

  const show: ShowCustomSize = {
    async form(req, res, shown) {
      const presets = shown.kept === null ? [] : await presetsWith(req, shown.kept);
      const empty = { errors: {}, notice: '', conflict: null, formKey: randomUUID() };
      render(res, 'customSize', describeForm({ ...empty, ...shown, presets }));
    },
    async deleted(req, res, size, errors = {}) {
      const presets = await presetsWith(req, size);
      render(res, 'customSizeDeleted', describeDeleted(size, presets, { deletedDays, errors }));
    },
    async refused(req, res, shown) {
      res.status(422);
      if (asksForJson(req)) res.json({ errors: shown.errors });
      else await show.form(req, res, shown);
    },
    done(req, res, row, notice) {
      const size = row.content === null ? null : readCustomSize(row);
      if (asksForJson(req)) {
        res.status(notice === 'made' || notice === 'copied' ? 201 : 200).json({ customSize: size });
      } else goTo(res, `${addressOf({ id: customSizePrefix + row.id })}?done=${notice}`);
    },
  };
  return show;
}

/** @param name from the query, whatever it holds */
export function readSizeNotice(name: unknown): string {
  return typeof name === 'string' && Object.hasOwn(notices, name) ? (notices[name] ?? '') : '';
}
