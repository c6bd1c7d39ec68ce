/** The fields of a custom size's form: the same names in the page without script, in the workspace's dialog and in a request. */

export const customSizeFieldNames = [
  'name',
  /** size, ratio, longest or percent: which of the next fields count. */
  'kind',
  'width',
  'height',
  /** px, mm, cm or in */
  'unit',
  /** `4:5` */
  'ratio',
  'longest',
  'percent',
  'dpi',
  /** `yes` or empty, for each format that may be written; the preferred one counts when it is ticked. */
  'jpeg',
  'png',
  'webp',
  'avif',
  'ico',
  'preferred',
  /** Empty: as the export. */
  'quality',
  /** `240` with the unit in the next field, or `240 KB`; empty: no limit. */
  'minBytes',
  'minUnit',
  'maxBytes',
  'maxUnit',
  /** A fit mode; empty: as the wall. */
  'mode',
  'background',
  'colour',
  /** `yes` or empty */
  'enlarge',
  /** inset, rectangle or circle, all in percent; empty: none. */
  'safeArea',
  'insetTop',
  'insetRight',
  'insetBottom',
  'insetLeft',
  'safeWidth',
  'safeHeight',
  /** Diameter, of the shorter side. */
  'safeCircle',
  /** circle or rounded; empty: none. */
  'mask',
] as const;

export type CustomSizeFieldName = (typeof customSizeFieldNames)[number];

export type CustomSizeFields = Readonly<Record<CustomSizeFieldName, string>>;

/** Where a fault belongs: a field, or the boxes of the formats as a whole. */
export type CustomSizeFaultPlace = CustomSizeFieldName | 'formats';

/** Says what is wrong with a field; what was said first stays. */
export type Blame = (field: CustomSizeFaultPlace, sentence: string) => void;
