/** What an export can do beside, said to people. Apart from the list, so that only what shows it loads it. */
import type { ExportExtra } from './exportExtras.shared.ts';

interface ExtraChoice {
  name: ExportExtra;
  label: string;
  hint: string;
}

/** The boxes of a form, in their order. */
export const extraChoices: readonly ExtraChoice[] = [
  {
    name: 'smallest',
    label: 'Smallest JPEG files',
    hint: 'Fewer bytes for the same look; takes many times longer.',
  },
  {
    name: 'linear',
    label: 'Shrink in linear light',
    hint: 'Fine bright detail, such as stars, keeps its brightness.',
  },
  { name: 'keepCopyright', label: 'Keep copyright and author', hint: '' },
  { name: 'keepDate', label: 'Keep the date', hint: 'When the photo was taken.' },
  {
    name: 'keepProfile',
    label: 'Keep wide colours',
    hint: 'Display P3, where this browser can write it. Otherwise sRGB.',
  },
  {
    name: 'keepPlace',
    label: 'Keep the place (GPS)',
    hint: 'Whoever gets a file can read from it where the photo was taken.',
  },
];
