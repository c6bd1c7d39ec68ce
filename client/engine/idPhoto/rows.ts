/** What an ID photo's crop comes to, rule by rule: head height, eye line, air above the head, the line of the eyes, background. */
import { bandWords } from '../../../server/specs/ruleWords.shared.ts';
import type { Band, HeadRule } from '../../../server/specs/spec.shared.ts';
import { thin } from '../../../server/specs/words.shared.ts';
import type { Rect } from '../geometry.ts';
import type { VerdictState } from '../verdict.ts';
import { type Head, headError } from './head.ts';

export interface IdRow {
  rule: 'headHeight' | 'eyeLine' | 'airAbove' | 'upright' | 'background';
  state: VerdictState;
  /** A sentence for the person. */
  words: string;
  wanted: string;
  found: string;
}

/** @param paperMm the height of the printed photo; null: shares of the height are told in percent. */
export function idRows(head: Head, crop: Rect, rule: HeadRule, paperMm: number | null): IdRow[] {
  const say = (band: Band) => (paperMm === null ? bandWords(band) : bandWords(band, paperMm, 'mm'));
  const measured = (share: number) =>
    `about ${Math.round(share * (paperMm ?? 100) * 10) / 10}${thin}${paperMm === null ? '%' : 'mm'}`;
  const bottom = crop.y + crop.height;
  const rows: (IdRow | null)[] = [
    inBand('headHeight', 'From chin to crown', (head.chin - head.crown) / crop.height, rule.height),
    inBand('eyeLine', 'The eyes above the lower edge', (bottom - head.eyes) / crop.height, rule.eyes),
    inBand('airAbove', 'From the upper edge to the crown', (head.crown - crop.y) / crop.height, rule.above),
    upright(head.tilt),
  ];
  return rows.filter((row) => row !== null);

  /** Green well inside, amber within the error of the estimate, red beyond it. */
  function inBand(name: IdRow['rule'], what: string, value: number, band: Band | null): IdRow | null {
    if (!band) return null;
    const found = measured(value);
    const wanted = say(band);
    const error = headError * ((head.chin - head.crown) / crop.height);
    const inside = Math.min(value - band.min, band.max - value);
    const row = { rule: name, wanted, found } as const;
    if (inside >= 0) return { ...row, state: 'green', words: `${what}: ${found}; ${wanted} is asked for.` };
    if (inside >= -error) {
      const words = `${what}: ${found}, at the limit of ${wanted}. Measure it.`;
      return { ...row, state: 'amber', words };
    }
    return { ...row, state: 'red', words: `${what}: ${found} instead of ${wanted}.` };
  }
}

/** Degrees that nobody sees, and those that an office refuses. Nothing is turned: the photo has to be taken again. */
const tilts = { slight: 3, much: 8 };

function upright(tilt: number): IdRow {
  const degrees = Math.abs(Math.round(tilt));
  const row = { rule: 'upright', wanted: 'level', found: `about ${degrees}°` } as const;
  if (degrees <= tilts.slight) return { ...row, state: 'green', words: 'The eyes are level.' };
  const words = `The line of the eyes is tilted by about ${degrees}°.`;
  return { ...row, state: degrees <= tilts.much ? 'amber' : 'red', words };
}
