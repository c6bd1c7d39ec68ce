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
      /** As in RFC 3339; null: never saved. */
      preferencesChangedAt: string | null;
      presets: readonly Preset[];
      customSizes: readonly CustomSize[];
      limits: PresetLimits;
    };
