/** What an export does beside format, quality and names, and only where it is asked for: how files are made, and what they keep of the photo. */

export const exportExtras = [
  /** JPEG by an encoder that takes many times longer for fewer bytes. */
  'smallest',
  /** Averages light instead of the byte values of sRGB where a picture gets smaller. */
  'linear',
  'keepCopyright',
  'keepDate',
  /** Display P3 where the browser can write it, else sRGB. */
  'keepProfile',
  /** Where the photo was taken. */
  'keepPlace',
] as const;

export type ExportExtra = (typeof exportExtras)[number];
export type ExportExtras = Readonly<Record<ExportExtra, boolean>>;

export const noExtras: ExportExtras = {
  smallest: false,
  linear: false,
  keepCopyright: false,
  keepDate: false,
  keepProfile: false,
  keepPlace: false,
};

/** Of something kept or sent: on is what says so. */
export function readExtras(isOn: (extra: ExportExtra) => boolean): ExportExtras {
  return {
    smallest: isOn('smallest'),
    linear: isOn('linear'),
    keepCopyright: isOn('keepCopyright'),
    keepDate: isOn('keepDate'),
    keepProfile: isOn('keepProfile'),
    keepPlace: isOn('keepPlace'),
  };
}

/** Those among other settings. */
export function pickExtras(settings: ExportExtras): ExportExtras {
  return readExtras((extra) => settings[extra]);
}

/** Those that are on, for where what is usual is left out. */
export function extrasThatAreOn(settings: ExportExtras): Partial<Record<ExportExtra, true>> {
  return Object.fromEntries(exportExtras.filter((extra) => settings[extra]).map((extra) => [extra, true]));
}

/** As the fields of a form: `yes`, or empty. */
export function writeExtras(settings: ExportExtras): Record<ExportExtra, string> {
  const { smallest, linear, keepCopyright, keepDate, keepProfile, keepPlace } = settings;
  return {
    smallest: yes(smallest),
    linear: yes(linear),
    keepCopyright: yes(keepCopyright),
    keepDate: yes(keepDate),
    keepProfile: yes(keepProfile),
    keepPlace: yes(keepPlace),
  };
}

function yes(isOn: boolean): string {
  return isOn ? 'yes' : '';
}
