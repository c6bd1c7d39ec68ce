/** A folder of labelled photos: `labels.json` beside them says what must stay in each. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Rect } from '../../client/engine/geometry.ts';

export interface LabelledPhoto {
  name: string;
  file: string;
  /** After orientation. */
  width: number;
  height: number;
  /** What the photo is of: `group`, `landscape`. */
  kind: string;
  tags: string[];
  /** What must stay, in fractions of the photo. Never empty. */
  keep: Rect[];
}

const fraction = z.number().min(0).max(1);
const corners = z
  .tuple([fraction, fraction, fraction, fraction])
  .transform(([left, top, right, bottom]) => ({ x: left, y: top, width: right - left, height: bottom - top }))
  .refine(({ width, height }) => width > 0 && height > 0, 'a box needs an area');

const labels = z.object({
  images: z
    .array(
      z.object({
        image: z.string(),
        width: z.number().int().positive(),
        height: z.number().int().positive(),
        kind: z.string(),
        tags: z.array(z.string()).default([]),
        keep: z.array(corners).min(1),
      }),
    )
    .min(1),
});

/** Throws an Error that says what is missing or wrong. */
export function readLabels(folder: string): LabelledPhoto[] {
  const file = path.join(folder, 'labels.json');
  if (!fs.existsSync(file)) throw new Error(`${file} is missing.`);
  const parsed = labels.safeParse(JSON.parse(fs.readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.images.map(({ image, ...rest }) => {
    const photo = path.join(folder, image);
    if (!fs.existsSync(photo)) throw new Error(`${photo} is missing.`);
    return { ...rest, name: image, file: photo };
  });
}
