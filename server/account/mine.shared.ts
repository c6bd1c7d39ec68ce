/** What GET /account/mine answers, as server and page know it. */
import type { CustomSize, Preset, PresetLimits } from '../presets/preset.shared.ts';
import type { Preferences } from './preferences.shared.ts';

export type Mine =
  | { signedIn: false }
  | {
      signedIn: true;
      /** Stands for the account; another one means that somebody else has signed in. */
      tag: string;
      /** For the field `_csrf` of what scripts send. */
      csrfToken: string;
      preferences: Preferences;
      /** For how many milliseconds they have been what they are; null: never saved. Clocks of browsers are off, so no time of day. */
      preferencesAge: number | null;
      presets: readonly Preset[];
      customSizes: readonly CustomSize[];
      limits: PresetLimits;
    };
