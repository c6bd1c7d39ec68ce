/** What a file of presets may hold, and what is wrong with one that holds something else: by path, in words. */
import * as z from 'zod/mini';
import { defaultFit, type Fit } from '../../specs/fit.shared.ts';
import { customSizeRulesShape } from '../customSizes/customSizeShape.shared.ts';
import { exportSettingsShape, fitShape, presetItemShape } from '../presetShape.shared.ts';

/** The first field of every file. A later version gets another name. */
export const presetFileSchema = 'all-img-fit-presets/1';

export interface FileFault {
  /** `presets[0].items[3].customSize.maxBytes`; empty for the file as a whole. */
  path: string;
  /** A sentence, or the rest of one that begins with the path. */
  message: string;
}

export type Path = readonly (string | number)[];

const rules = customSizeRulesShape.shape;

/** What may be left out is the usual. */
const fileFitShape = z.strictObject({
  mode: fitShape.shape.mode,
  enlarge: z._default(fitShape.shape.enlarge, defaultFit.enlarge),
  background: z._default(fitShape.shape.background, defaultFit.background),
});

/** What may be left out stands for none. */
const fileSizeShape = z.strictObject({
  name: z.string(),
  size: rules.size,
  formats: rules.formats,
  quality: z._default(rules.quality, null),
  minBytes: z._default(rules.minBytes, null),
  maxBytes: z._default(rules.maxBytes, null),
  fit: z._default(z.nullable(fileFitShape), null),
  dpi: z._default(rules.dpi, null),
  safeArea: z._default(rules.safeArea, null),
  mask: z._default(rules.mask, null),
});

const item = {
  spec: z.optional(presetItemShape.shape.specId),
  version: z.optional(presetItemShape.shape.version),
  fit: z._default(z.nullable(fileFitShape), null),
};

const preset = {
  name: z.string(),
  fit: fileFitShape,
  settings: z.strictObject({ ...exportSettingsShape.shape, template: z.string() }),
};

/** In a file an item names one of the custom sizes of the file. */
const filePresetShape = z.strictObject({
  ...preset,
  items: z.array(z.strictObject({ ...item, customSize: z.optional(z.string()) })),
});

/** In a link an item holds its custom size. */
export const linkPresetShape = z.strictObject({
  ...preset,
  items: z.array(z.strictObject({ ...item, customSize: z.optional(fileSizeShape) })),
});

export const presetFileShape = z.strictObject({
  schema: z.literal(presetFileSchema),
  presets: z.array(filePresetShape),
  /** Also those that no preset has. */
  customSizes: z._default(z.array(fileSizeShape), []),
});

export type FileSize = z.infer<typeof fileSizeShape>;

/** `Size`: how an item says which custom size it is. */
export interface FileItem<Size> {
  spec?: string | undefined;
  version?: number | undefined;
  customSize?: Size | undefined;
  fit: Fit | null;
}

/** Unknown names are quoted up to here. */
const longestQuoted = 40;

/** @param value what was parsed, to tell what is missing from what is wrong */
export function describeIssues(issues: readonly z.core.$ZodIssue[], value: unknown): FileFault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? '' : step));
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: writePath([...path, quote(key)]),
        message: 'is not known here.',
      }));
    }
    const isMissing = path.length > 0 && valueAt(value, path) === undefined;
    return [{ path: writePath(path), message: isMissing ? 'is missing.' : describeIssue(issue) }];
  });
}

/** `presets[0].items[3]`, and `presets[0]["a name"]` for what needs quotes. */
export function writePath(path: Path): string {
  const steps = path.map((step) =>
    typeof step === 'string' && /^\w+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`,
  );
  return steps.join('').replace(/^\./, '');
}

const typeNames: Record<string, string> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
};

function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeNames[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}.`;
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `must be ${oneOf(issue.options)}.`
        : unusable;
    case 'invalid_format':
      return issue.path.at(-1) === 'colour'
        ? 'must be a colour such as "#ffffff", in lower case.'
        : 'must be the id of a spec, such as "instagram-square".';
    case 'too_small':
      return `must be at least ${issue.minimum}${inUnits[issue.origin] ?? ''}.`;
    case 'too_big':
      return `must be at most ${issue.maximum}${inUnits[issue.origin] ?? ''}.`;
    default:
      return unusable;
  }
}

const unusable = 'can’t be used.';

const inUnits: Record<string, string> = { string: ' characters long', array: ' entries long' };

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value));
  return words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`;
}

function quote(key: string): string {
  const points = [...key];
  return points.length > longestQuoted ? `${points.slice(0, longestQuoted).join('')}…` : key;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null
        ? Object.getOwnPropertyDescriptor(inner, step)?.value
        : undefined,
    value,
  );
}
