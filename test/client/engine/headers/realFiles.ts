/** Real files of every kind that the header readers meet, made by sharp from the example photos. */
import sharp, { type Sharp } from 'sharp';
import { examplePhoto } from '../../../photos/photos.ts';

export interface RealFile {
  name: string;
  bytes: Buffer;
}

const cache: { files?: Promise<RealFile[]> } = {};

/** Some eighty small files; made once per test file. */
export function realFiles(): Promise<RealFile[]> {
  cache.files ??= makeFiles();
  return cache.files;
}

async function makeFiles(): Promise<RealFile[]> {
  // Made small once: a hundred files are cut from it.
  const fig = await sharp((await examplePhoto('fig-in-a-red-bowl')).buffer)
    .resize(400)
    .png()
    .toBuffer();
  const dogs = (await examplePhoto('two-dogs-at-a-window')).buffer;
  const small = (width: number, height: number) => sharp(fig).resize(width, height, { fit: 'fill' });
  const cutOut = () => small(67, 45).ensureAlpha(0.5);
  const encoders: [string, (image: Sharp) => Sharp][] = [
    ['jpeg', (image) => image.jpeg()],
    ['progressive jpeg', (image) => image.jpeg({ progressive: true, mozjpeg: true })],
    ['png', (image) => image.png()],
    ['webp', (image) => image.webp()],
    ['lossless webp', (image) => image.webp({ lossless: true })],
    ['avif', (image) => image.avif({ effort: 0 })],
  ];
  const made: [string, Sharp][] = [
    ['the photo itself', sharp(dogs).jpeg()],
    ['palette png', small(40, 30).png({ palette: true, colours: 16 })],
    ['palette png with transparency', cutOut().png({ palette: true })],
    ['16-bit png', small(40, 30).toColourspace('rgb16').png()],
    ['interlaced png', small(40, 30).png({ progressive: true })],
    ['grey png', small(41, 30).greyscale().png()],
    ['grey jpeg', small(41, 30).greyscale().jpeg()],
    ['cmyk jpeg', small(41, 30).toColourspace('cmyk').jpeg()],
    ['4:4:4 jpeg', small(41, 30).jpeg({ chromaSubsampling: '4:4:4' })],
    ['cut-out png', cutOut().png()],
    ['cut-out webp', cutOut().webp()],
    ['cut-out lossless webp', cutOut().webp({ lossless: true })],
    ['cut-out avif', cutOut().avif({ effort: 0 })],
    ['gps jpeg', small(41, 30).jpeg().withExif(whereAndWhose)],
    ['gps png', small(41, 30).png().withExif(whereAndWhose)],
    ['gps webp', small(41, 30).webp().withExif(whereAndWhose)],
    ['gps avif', small(41, 30).avif({ effort: 0 }).withExif(whereAndWhose)],
  ];
  for (const [name, encode] of encoders) {
    made.push([`1 x 1 ${name}`, encode(small(1, 1))], [`301 x 7 ${name}`, encode(small(301, 7))]);
    made.push([`p3 ${name}`, encode(small(41, 30)).withIccProfile('p3')]);
    made.push([`srgb ${name}`, encode(small(41, 30)).withIccProfile('srgb')]);
    made.push([`300 dpi ${name}`, encode(small(41, 30)).withMetadata({ density: 300 })]);
    made.push([`xmp ${name}`, encode(small(41, 30)).withXmp(xmpWithPlace)]);
    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      made.push([`${orientation} turned ${name}`, encode(small(41, 30)).withMetadata({ orientation })]);
    }
  }
  return Promise.all(made.map(async ([name, image]) => ({ name, bytes: await image.toBuffer() })));
}

/** Who, when and where, as EXIF; libvips calls the directories IFD0, IFD2 (EXIF) and IFD3 (GPS). */
export const whereAndWhose = {
  IFD0: { Copyright: '(C) Ana Simic', Artist: 'Ana Simic' },
  IFD2: { DateTimeOriginal: '2026:11:21 18:04:59' },
  IFD3: {
    GPSLatitudeRef: 'N',
    GPSLatitude: '45/1 48/1 30/1',
    GPSLongitudeRef: 'E',
    GPSLongitude: '15/1 58/1 0/1',
  },
};

const xmpWithPlace =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
  '<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="45,48.5N"/></rdf:RDF></x:xmpmeta>';
