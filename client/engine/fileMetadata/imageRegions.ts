/**
 * Regions that somebody marked in a photo: MWG regions (Guidelines for Handling Image Metadata 2.0, 5.9), which cameras and photo
 * libraries write for faces, and IPTC Image Regions (IPTC Photo Metadata Standard 2023.1), also for crops.
 */
import type { BoxKind } from '../focus/box.ts';
import { clamp, type Point, type Rect, type Size } from '../geometry.ts';
import { readFileFacts } from '../headers/readFile.ts';
import { fieldOf, findAll, itemsOf, readValue } from './rdf.ts';
import { parseXml, type XmlElement } from './xml.ts';
import { readXmp } from './xmp.ts';

export interface ImageRegion {
  kind: BoxKind;
  /** The name that was given, or what the region is. */
  label: string;
  /** Fractions 0..1 of the photo after orientation. */
  box: Rect;
}

/** More than these are not read. */
const mostRegions = 200;

/** Of a JPEG, PNG or WebP; MWG's come first. Regions without area, or outside of the photo, are left out. Total. */
export function readImageRegions(bytes: Uint8Array): ImageRegion[] {
  const facts = readFileFacts(bytes);
  const text = facts && readXmp(bytes);
  if (!text) return [];
  const xmp = parseXml(text);
  return [...mwgRegions(xmp, facts), ...iptcRegions(xmp, facts)].slice(0, mostRegions);
}

interface Lying {
  stored: Size;
  orientation: number;
}

const mwg = 'http://www.metadataworkinggroup.com/schemas/regions/';
const area = 'http://ns.adobe.com/xmp/sType/Area#';
const dimensions = 'http://ns.adobe.com/xap/1.0/sType/Dimensions#';

const mwgKinds: Readonly<Record<string, BoxKind>> = { face: 'face', pet: 'animal' };

function mwgRegions(xmp: XmlElement, lying: Lying): ImageRegion[] {
  return findAll(xmp, `${mwg} Regions`).flatMap((regions) => {
    const list = fieldOf(regions, `${mwg} RegionList`);
    const orientation = isMarkedUpright(fieldOf(regions, `${mwg} AppliedToDimensions`), lying)
      ? 1
      : lying.orientation;
    return (list ? itemsOf(list) : []).flatMap((region) => {
      const box = mwgBox(fieldOf(region, `${mwg} Area`), lying.stored);
      const type = (readValue(region, `${mwg} Type`) ?? '').toLowerCase();
      const kind = mwgKinds[type] ?? 'region';
      if (type === 'focus') return []; // where the camera focused, which phones write into every photo: not a thing
      return seen({ box, kind, label: readValue(region, `${mwg} Name`) ?? (type || 'region') }, orientation);
    });
  });
}

/**
 * Regions lie as the pixels are stored. Some programs write them for the upright photo: then the size that they say they are
 * for is turned against the stored one.
 */
function isMarkedUpright(applied: XmlElement | null, { stored, orientation }: Lying): boolean {
  if (!applied || orientation < 5) return false;
  const [width, height] = [numberIn(applied, `${dimensions} w`), numberIn(applied, `${dimensions} h`)];
  if (width === null || height === null || stored.width === stored.height) return false;
  return width > height !== stored.width > stored.height && width !== height;
}

/** `x` and `y` are the middle; `d` is the diameter of a circle, of the shorter side. */
function mwgBox(element: XmlElement | null, stored: Size): Rect | null {
  if (!element) return null;
  const read = (name: string) => numberIn(element, `${area} ${name}`);
  const [x, y, diameter] = [read('x'), read('y'), read('d')];
  const shorter = Math.min(stored.width, stored.height);
  const width = diameter === null ? read('w') : (diameter * shorter) / stored.width;
  const height = diameter === null ? read('h') : (diameter * shorter) / stored.height;
  if (x === null || y === null || width === null || height === null) return null;
  const inPixels = readValue(element, `${area} unit`) === 'pixel';
  const box = { x: x - width / 2, y: y - height / 2, width, height };
  return inPixels ? inFractions(box, stored) : box;
}

const iptc = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/';

const iptcKinds: Readonly<Record<string, BoxKind>> = {
  human: 'person',
  face: 'face',
  animal: 'animal',
  product: 'object',
};

function iptcRegions(xmp: XmlElement, { stored, orientation }: Lying): ImageRegion[] {
  return findAll(xmp, `${iptc} ImageRegion`)
    .flatMap(itemsOf)
    .flatMap((region) => {
      const boundary = fieldOf(region, `${iptc} RegionBoundary`);
      const box = boundary && iptcBox(boundary, stored);
      const type = fieldOf(region, `${iptc} rCtype`);
      const words = type ? wordsIn(type) : [];
      const kind = words.map((word) => iptcKinds[word]).find((known) => known !== undefined) ?? 'region';
      const label = readValue(region, `${iptc} PersonInImage`) ?? readValue(region, `${iptc} Name`) ?? kind;
      return seen({ box, kind, label }, orientation);
    });
}

/** Everything that a region's type is called, by its last word: its identifiers are addresses that end in it. */
function wordsIn(element: XmlElement): string[] {
  const own = [element.text, ...element.attributes.values()].map(
    (text) => /(\w+)\W*$/.exec(text.slice(-100))?.[1]?.toLowerCase() ?? '',
  );
  return [...own, ...element.children.flatMap(wordsIn)];
}

function iptcBox(boundary: XmlElement, stored: Size): Rect | null {
  const read = (name: string) => numberIn(boundary, `${iptc} ${name}`);
  const inPixels = readValue(boundary, `${iptc} rbUnit`) === 'pixel';
  const list = fieldOf(boundary, `${iptc} rbVertices`);
  const vertices = (list ? itemsOf(list) : []).flatMap((vertex): Point[] => {
    const [x, y] = [numberIn(vertex, `${iptc} rbX`), numberIn(vertex, `${iptc} rbY`)];
    return x === null || y === null ? [] : [{ x, y }];
  });
  const box = vertices.length > 2 ? boxAround(vertices) : roundOrSquare();
  return box && inPixels ? inFractions(box, stored) : box;

  /** A circle's radius is a part of the width. */
  function roundOrSquare(): Rect | null {
    const [x, y, radius] = [read('rbX'), read('rbY'), read('rbRx')];
    if (x === null || y === null) return null;
    const down = radius === null ? 0 : inPixels ? radius : (radius * stored.width) / stored.height;
    if (radius !== null) return { x: x - radius, y: y - down, width: 2 * radius, height: 2 * down };
    const [width, height] = [read('rbW'), read('rbH')];
    return width === null || height === null ? null : { x, y, width, height };
  }
}

function boxAround(points: readonly Point[]): Rect {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

function inFractions({ x, y, width, height }: Rect, { width: wide, height: tall }: Size): Rect {
  return { x: x / wide, y: y / tall, width: width / wide, height: height / tall };
}

/** null for what is no number. */
function numberIn(element: XmlElement, name: string): number | null {
  const text = readValue(element, name);
  const value = text === null || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

const longestLabel = 80;

/** The region upright and cut to the photo; nothing where it has no area there. */
function seen(
  { box, kind, label }: Omit<ImageRegion, 'box'> & { box: Rect | null },
  orientation: number,
): ImageRegion[] {
  if (!box) return [];
  const corners = [
    { x: clamp(box.x, 0, 1), y: clamp(box.y, 0, 1) },
    { x: clamp(box.x + box.width, 0, 1), y: clamp(box.y + box.height, 0, 1) },
  ];
  const upright = boxAround(corners.map((corner) => turned(corner, orientation)));
  const isThere = upright.width > 0.001 && upright.height > 0.001;
  return isThere ? [{ kind, label: label.slice(0, longestLabel), box: upright }] : [];
}

/** Where a stored point is seen, by EXIF's orientation. */
function turned({ x, y }: Point, orientation: number): Point {
  switch (orientation) {
    case 2:
      return { x: 1 - x, y };
    case 3:
      return { x: 1 - x, y: 1 - y };
    case 4:
      return { x, y: 1 - y };
    case 5:
      return { x: y, y: x };
    case 6:
      return { x: 1 - y, y: x };
    case 7:
      return { x: 1 - y, y: 1 - x };
    case 8:
      return { x: y, y: 1 - x };
    default:
      return { x, y };
  }
}
