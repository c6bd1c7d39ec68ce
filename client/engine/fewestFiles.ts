/** One file for all the specs that it satisfies: the fewest files that serve every spec of a photo. */
import type { Format } from '../../server/specs/spec.shared.ts';
import type { ByteWindow } from './byteWindow.ts';
import { coversOutput, type DrawPlan } from './drawPlan.ts';

/** What one spec asks of its file. */
export interface WantedFile {
  /** The caller's own number for this spec of this photo. */
  key: number;
  /** Alike for files with the same pixels, of the same photo (see `pixelsKey`). */
  pixels: string;
  /** 1..100 */
  quality: number;
  /** Formats that will do, the preferred one first; a wish leaves only that one. */
  formats: readonly Format[];
  window: ByteWindow;
  /** null: any will do. */
  dpi: number | null;
}

export interface SharedFile {
  /** The specs that it is for, as they were given; at least one. */
  uses: readonly WantedFile[];
  format: Format;
  /** What all of them allow. */
  window: ByteWindow;
  dpi: number | null;
}

/**
 * Every wanted file is used by exactly one shared file, in the order of their first use. The number is the least possible for
 * up to some twenty specs with the same pixels; beyond that it is near it.
 */
export function shareFiles(wanted: readonly WantedFile[]): SharedFile[] {
  const alike = ({ pixels, quality }: WantedFile) => `${quality} ${pixels}`;
  const groups = new Set(wanted.map(alike));
  const shared = [...groups].flatMap((group) => coverGroup(wanted.filter((one) => alike(one) === group)));
  const firstOf = ({ uses }: SharedFile) => Math.min(...uses.map((use) => wanted.indexOf(use)));
  return shared.sort((a, b) => firstOf(a) - firstOf(b));
}

/**
 * Alike for two plans of one photo that give the same pixels. The ground does not count where an opaque photo covers it.
 * Sources are compared to a thousandth of a pixel.
 */
export function pixelsKey(plan: DrawPlan, isOpaque: boolean): string {
  const { output, source, target, ground } = plan;
  const isCovered = isOpaque && coversOutput(plan);
  const rounded = [source.x, source.y, source.width, source.height].map((value) => value.toFixed(3));
  const placed = [target.x, target.y, target.width, target.height];
  return JSON.stringify([output.width, output.height, rounded, placed, isCovered ? null : ground]);
}

/** One way to make a file, and all the specs that it would serve. */
interface Candidate {
  format: Format;
  uses: readonly WantedFile[];
}

/** So many ways are looked at before the best so far is taken. */
const mostTrials = 20_000;

/** The smallest set of candidates that covers the group: depth first, the largest first, cut off at the best so far. */
function coverGroup(group: readonly WantedFile[]): SharedFile[] {
  const candidates = candidatesOf(group);
  let best: Candidate[] | null = null;
  let trials = 0;

  function search(chosen: Candidate[], open: readonly WantedFile[]): void {
    const first = open[0];
    const fewest = best?.length ?? Infinity;
    if (!first && chosen.length < fewest) best = chosen;
    trials += 1;
    if (!first || trials > mostTrials || chosen.length + 1 >= fewest) return;
    for (const candidate of candidates) {
      if (!candidate.uses.includes(first)) continue;
      search(
        [...chosen, candidate],
        open.filter((wanted) => !candidate.uses.includes(wanted)),
      );
    }
  }

  search([], group);
  const left = new Set(group);
  return (best ?? []).map(({ format, uses }: Candidate) => {
    const own = uses.filter((use) => left.delete(use));
    return {
      uses: own,
      format,
      window: windowOfAll(own),
      dpi: own.find(({ dpi }) => dpi !== null)?.dpi ?? null,
    };
  });
}

/**
 * A file is of one format, one resolution, and some number of bytes; it is enough to try as numbers the lower limits (windows
 * that have a number in common have the highest of their lower limits in common).
 */
function candidatesOf(group: readonly WantedFile[]): Candidate[] {
  const formats = [...new Set(group.flatMap((wanted) => wanted.formats))];
  const resolutions = [...new Set(group.map(({ dpi }) => dpi))];
  const sizes = [...new Set(group.map(({ window }) => window.minBytes ?? 0))];
  const candidates = formats.flatMap((format) =>
    resolutions.flatMap((dpi) =>
      sizes.map((bytes) => ({
        format,
        uses: group.filter(
          (wanted) =>
            wanted.formats.includes(format) &&
            (wanted.dpi === null || wanted.dpi === dpi) &&
            bytes >= (wanted.window.minBytes ?? 0) &&
            bytes <= (wanted.window.maxBytes ?? Infinity),
        ),
      })),
    ),
  );
  // How far down its specs' lists the format stands, all together.
  const dislike = ({ format, uses }: Candidate) =>
    uses.reduce((sum, { formats: own }) => sum + own.indexOf(format), 0);
  return candidates.sort((a, b) => b.uses.length - a.uses.length || dislike(a) - dislike(b));
}

function windowOfAll(uses: readonly WantedFile[]): ByteWindow {
  const least = uses.flatMap(({ window }) => window.minBytes ?? []);
  const most = uses.flatMap(({ window }) => window.maxBytes ?? []);
  return {
    minBytes: least.length > 0 ? Math.max(...least) : null,
    maxBytes: most.length > 0 ? Math.min(...most) : null,
  };
}
