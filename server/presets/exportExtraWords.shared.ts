/** What an export can do beside, said to people. Apart, since the workspace's script needs none of it: the page has it. */
import { type ExportExtra, exportExtras } from './exportExtras.shared.ts';

interface ExtraWords {
  label: string;
  hint: string;
}

export const extraWords: Readonly<Record<ExportExtra, ExtraWords>> = {
  smallest: { label: 'Smallest JPEG files', hint: 'Fewer bytes for the same look; takes many times longer.' },
  linear: {
    label: 'Shrink in linear light',
    hint: 'Fine bright detail, such as stars, keeps its brightness.',
  },
  keepCopyright: { label: 'Keep copyright and author', hint: '' },
  keepDate: { label: 'Keep the date', hint: 'When the photo was taken.' },
  keepProfile: {
    label: 'Keep wide colours',
    hint: 'Display P3, where this browser can write it. Otherwise sRGB.',
  },
  keepPlace: {
    label: 'Keep the place (GPS)',
    hint: 'Whoever gets a file can read from it where the photo was taken.',
  },
};

/** The boxes of a form, in their order. */
export const extraChoices = exportExtras.map((name) => ({ name, ...extraWords[name] }));
