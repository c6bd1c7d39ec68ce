/** Which files an export makes: of which photo, for which specs, in which order of the workers, under which names. */
import type { Format, Spec } from '../../server/specs/spec.shared.ts';
import type { ByteWindow } from '../engine/byteWindow.ts';
import { coversOutput, type DrawPlan } from '../engine/drawPlan.ts';
import { pixelsKey, shareFiles, type WantedFile } from '../engine/fewestFiles.ts';
import { type NameParts, specWord, uniqueFileNames } from '../engine/fileNames.ts';
import { commonRange, sizeRangeOf } from '../engine/sizeRange.ts';
import type { FileOrder } from '../worker/messages.ts';
import type { Catalogue } from './catalogue.ts';
import { orderSettings } from './orderSettings.ts';
import { specName } from './specWords.ts';
import { exportSettingsOf, focalPoint, type Photo, type PlannedFile, planFile, type State } from './state.ts';

/** One file of an export. */
export interface Job {
  photo: Photo;
  order: FileOrder;
  name: string;
  /** The specs that the file is for, at least one. */
  uses: readonly Spec[];
  /** "market-day.jpg at Instagram Post, square 1:1": for the list of failures. */
  words: string;
}

/** A file before it has a name. */
interface Share {
  photo: Photo;
  photoIndex: number;
  /** As the first of its specs has it. */
  file: PlannedFile;
  uses: readonly PlannedFile[];
  format: Format;
  window: ByteWindow;
  dpi: number | null;
}

export interface Choice {
  specIds: readonly string[];
  photos: readonly Photo[];
}

/** All photos that are ready at the chosen specs, as the state is now; later changes do not touch them. */
export function planJobs(state: State, catalogue: Catalogue, choice: Choice): Job[] {
  const settings = exportSettingsOf(state);
  const { template, quality } = settings;
  const shares = shareAll(state, catalogue, choice, state.settings.fewestFiles);
  const names = uniqueFileNames(template, shares.map(nameParts));
  return shares.map(({ photo, file: { spec, plan }, uses, format, window, dpi }, key) => {
    const others = uses.length > 1 ? ` and ${uses.length - 1} more` : '';
    const order: FileOrder = {
      key,
      plan: withGround(plan, format),
      format,
      quality: spec.quality ?? quality,
      window,
      range: commonRange(uses.map((use) => sizeRangeOf(use.spec, use.plan.output))),
      dpi,
      ...orderSettings(settings),
    };
    const words = `${photo.name} at ${specName(spec)}${others}`;
    return { photo, order, name: names[key] ?? `${key}`, uses: uses.map((use) => use.spec), words };
  });
}

/** How many files would serve the choice if one file served all the specs that it satisfies. */
export function countFewest(state: State, catalogue: Catalogue, choice: Choice): number {
  return shareAll(state, catalogue, choice, true).length;
}

function shareAll(
  state: State,
  catalogue: Catalogue,
  { specIds, photos }: Choice,
  isShared: boolean,
): Share[] {
  const specs = catalogue.pick(specIds);
  return photos.flatMap((photo, photoIndex) => {
    const { size } = photo;
    if (!size) return [];
    const focal = focalPoint(state, photo);
    const files = specs.map((spec) =>
      planFile(state, { id: photo.id, size, sight: photo.sight }, focal, spec),
    );
    const shares = isShared ? sharesOf(state, photo, files) : files.map(ofItsOwn);
    return shares.map((share) => ({ ...share, photo, photoIndex }));
  });
}

type Shared = Omit<Share, 'photo' | 'photoIndex'>;

function ofItsOwn(file: PlannedFile): Shared {
  const { minBytes, maxBytes, dpi } = file.spec;
  return { file, uses: [file], format: file.format, window: { minBytes, maxBytes }, dpi };
}

function sharesOf(state: State, photo: Photo, files: readonly PlannedFile[]): Shared[] {
  const { quality, format: wish } = exportSettingsOf(state);
  const isOpaque = photo.source.type === 'image/jpeg';
  const wanted = files.map(({ spec, plan, format }, key): WantedFile => {
    const { minBytes, maxBytes, dpi } = spec;
    return {
      key,
      pixels: pixelsKey(plan, isOpaque),
      quality: spec.quality ?? quality,
      formats: wish === 'auto' ? formatsFor(spec, { plan, format, isOpaque }) : [format],
      window: { minBytes, maxBytes },
      dpi,
    };
  });
  return shareFiles(wanted).flatMap(({ uses, format, window, dpi }) => {
    const planned = uses.flatMap(({ key }) => files[key] ?? []);
    const [file] = planned;
    return file ? [{ file, uses: planned, format, window, dpi }] : [];
  });
}

/** Where pixels may be transparent, only formats that show them alike can stand for each other. */
function formatsFor(
  { formats }: Spec,
  { plan, format, isOpaque }: { plan: DrawPlan; format: Format; isOpaque: boolean },
): readonly Format[] {
  const mayBeClear = plan.ground.kind === 'none' && !(isOpaque && coversOutput(plan));
  const alike = mayBeClear ? formats.filter((one) => one !== 'jpeg') : formats;
  return alike.includes(format) ? [format, ...alike.filter((one) => one !== format)] : [format];
}

/** The file may be of another format than its plan was made for: JPEG has no transparency. */
function withGround(plan: DrawPlan, format: Format): DrawPlan {
  const isBare = format === 'jpeg' && plan.ground.kind === 'none';
  return isBare ? { ...plan, ground: { kind: 'colour', colour: '#ffffff' } } : plan;
}

function nameParts({ photo, photoIndex, file: { spec, plan }, format }: Share): NameParts {
  const { width, height } = plan.output;
  const words = { photo: photo.name, spec: specWord(spec), group: spec.group };
  return { ...words, width, height, format, index: photoIndex + 1 };
}
