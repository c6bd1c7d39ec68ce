/** AVIF and HEIC: the properties of its main picture (AV1 Image File Format 1.1; ISO/IEC 23008-12, section 6.5). */
import type { Size } from '../geometry.ts';
import { brandsOf, textAt } from '../magicBytes.ts';
import { viewOf } from './byteView.ts';
import { readExif } from './exif.ts';
import { type HeaderFacts, noMetadata } from './fileFacts.ts';
import { nameCodePoints, nameProfile } from './iccProfile.ts';
import { type Box, placeOfItem, propertiesOfItem, readBoxes, readItems, refersTo } from './mediaBoxes.ts';
import { saysWhere } from './otherMetadata.ts';

export function readAvif(bytes: Uint8Array): HeaderFacts | null {
  return /avi[fs]/.test(brandsOf(bytes)) ? readMedia(bytes) : null;
}

/** The same of a HEIC file, or of any other that keeps its pictures so. */
export function readMedia(bytes: Uint8Array): HeaderFacts | null {
  const media = textAt(bytes, 4, 4) === 'ftyp' ? openMedia(bytes) : null;
  if (!media) return null;
  const { mainId, propertiesOf, bodyOf, items, contentOf, boxes } = media;
  const main = propertiesOf(mainId);
  const stored = sizeOf(main);
  if (!stored) return null;

  const exifBytes = exifIn(media);
  const exif = readExif(exifBytes ?? noBytes);
  const xmp = items.filter(({ kind, contentType }) => kind === 'mime' && contentType.includes('rdf+xml'));
  return {
    stored,
    // EXIF's orientation is only told here; what turns the picture are the properties irot and imir.
    orientation: orientationOf(main),
    dpi: exif.dpi,
    hasAlpha: refersTo(bodyOf('iref'), 'auxl', mainId).some((id) => propertiesOf(id).some(isAlpha)),
    profile: profileOf(main),
    metadata: {
      ...noMetadata,
      exif: exifBytes !== null,
      moreExif: exif.hasMore,
      gps: exif.gps !== null || xmp.some(({ id }) => saysWhere(contentOf(id))),
      xmp: xmp.length > 0,
      copyright: exif.copyright,
      artist: exif.artist,
      date: exif.date,
    },
    isWhole: boxes.some(({ kind }) => kind === 'mdat') && !boxes.some(({ isCut }) => isCut),
  };
}

/** EXIF of an AVIF or HEIC file, from its TIFF header on; it may lie anywhere in the file. null where there is none. */
export function exifOfMedia(bytes: Uint8Array): Uint8Array | null {
  const media = textAt(bytes, 4, 4) === 'ftyp' ? openMedia(bytes) : null;
  return media && exifIn(media);
}

/** The ICC profile of the main picture; where only code points are told, null and what they are called. */
export function profileOfMedia(bytes: Uint8Array): { icc: Uint8Array | null; name: string | null } {
  const media = textAt(bytes, 4, 4) === 'ftyp' ? openMedia(bytes) : null;
  const main = media ? media.propertiesOf(media.mainId) : [];
  return { icc: iccOf(main), name: profileOf(main) };
}

type Media = NonNullable<ReturnType<typeof openMedia>>;

/** null where there is no table of items. */
function openMedia(bytes: Uint8Array) {
  const boxes = readBoxes(bytes);
  const meta = boxes.find(({ kind }) => kind === 'meta');
  if (!meta) return null;
  const inner = readBoxes(meta.body.subarray(4));
  const bodyOf = (kind: string, among = inner) => among.find((box) => box.kind === kind)?.body ?? noBytes;
  const itemBoxes = readBoxes(bodyOf('iprp'));
  const properties = readBoxes(bodyOf('ipco', itemBoxes));
  return {
    boxes,
    bodyOf,
    items: readItems(bodyOf('iinf')),
    mainId: primaryId(bodyOf('pitm')),
    propertiesOf: (id: number) =>
      propertiesOfItem(bodyOf('ipma', itemBoxes), id).flatMap((place) => properties[place - 1] ?? []),
    contentOf(id: number): Uint8Array {
      const place = placeOfItem(bodyOf('iloc'), id);
      return place ? viewOf(bytes).part(place.at, place.length) : noBytes;
    },
  };
}

/** The item says first how far its TIFF header lies behind these four bytes (23008-12, A.2.1). */
function exifIn({ items, contentOf }: Media): Uint8Array | null {
  const item = items.find(({ kind }) => kind === 'Exif');
  if (!item) return null;
  const content = contentOf(item.id);
  return content.subarray(4 + viewOf(content).u32(0));
}

const noBytes = new Uint8Array();

function primaryId(body: Uint8Array): number {
  const view = viewOf(body);
  return view.u8(0) > 0 ? view.u32(4) : view.u16(4);
}

/** `ispe`; where `clap` cuts the picture, what it leaves. */
function sizeOf(properties: readonly Box[]): Size | null {
  const extent = properties.find(({ kind }) => kind === 'ispe');
  if (!extent) return null;
  const view = viewOf(extent.body);
  const size = { width: view.u32(4), height: view.u32(8) };
  const aperture = properties.find(({ kind }) => kind === 'clap');
  if (!aperture) return size;
  const cut = viewOf(aperture.body);
  const side = (at: number) => Math.round(cut.u32(at) / Math.max(1, cut.u32(at + 4)));
  return { width: Math.min(size.width, side(0)), height: Math.min(size.height, side(8)) };
}

/** EXIF's number for turning by irot (quarters against the clock) and then mirroring by imir (0: top to bottom, 1: left to right). */
function orientationOf(properties: readonly Box[]): number {
  const turn = properties.find(({ kind }) => kind === 'irot');
  const mirror = properties.find(({ kind }) => kind === 'imir');
  const quarters = (turn?.body[0] ?? 0) & 3;
  const turned = [1, 8, 3, 6][quarters] ?? 1;
  if (!mirror) return turned;
  const isLeftToRight = ((mirror.body[0] ?? 0) & 1) === 1;
  return (isLeftToRight ? [2, 7, 4, 5] : [4, 5, 2, 7])[quarters] ?? 1;
}

function isAlpha({ kind, body }: Box): boolean {
  return kind === 'auxC' && /:alpha|:1$/.test(textAt(body, 4, 80).split('\0')[0] ?? '');
}

/** An ICC profile wins over code points. */
function profileOf(properties: readonly Box[]): string | null {
  const icc = iccOf(properties);
  if (icc) return nameProfile(icc);
  const points = coloursOf(properties).find((body) => textAt(body, 0, 4) === 'nclx');
  if (!points) return null;
  const view = viewOf(points);
  return nameCodePoints(view.u16(4), view.u16(6));
}

function iccOf(properties: readonly Box[]): Uint8Array | null {
  const icc = coloursOf(properties).find((body) => /^(prof|rICC)/.test(textAt(body, 0, 4)));
  return icc ? icc.subarray(4) : null;
}

function coloursOf(properties: readonly Box[]): Uint8Array[] {
  return properties.filter(({ kind }) => kind === 'colr').map(({ body }) => body);
}
