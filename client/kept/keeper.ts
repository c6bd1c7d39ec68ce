/**
 * Where presets and custom sizes are kept: in this browser's local storage for somebody who is signed out, with the account
 * for somebody who is signed in. Both sides of the page speak to this one contract and need not know which it is.
 */
import type {
  CustomSize,
  CustomSizeContent,
  Preset,
  PresetContent,
  PresetLimits,
} from '../../server/presets/preset.shared.ts';

/** What a saved thing was when its editor was opened. */
export interface Base {
  id: string;
  version: number;
}

export type Outcome<T> =
  /** `note` is a sentence for the person about what could not be done beside it. */
  | { kind: 'saved'; value: T; note?: string }
  /** Field name -> sentence, as the form on the server says it. */
  | { kind: 'refused'; errors: Record<string, string> }
  /** Another tab or device changed it since `base`: `now` is what it is. Nothing was overwritten. */
  | { kind: 'changed'; now: T }
  /** It was deleted meanwhile. */
  | { kind: 'gone' }
  | { kind: 'signedOut' }
  /** Nothing was saved; `reason` is a sentence for the person (no network, the server has a problem, storage is full). */
  | { kind: 'failed'; reason: string };

export interface Keeper {
  readonly where: 'browser' | 'account';
  readonly limits: PresetLimits;
  /** Whether it is known what there is: of an account that could not be asked yet it is not. Listeners hear when it is. */
  readonly isKnown: boolean;
  /** As last heard of, in the order of their names. */
  presets(): readonly Preset[];
  customSizes(): readonly CustomSize[];
  /** `base` null makes a new one; `formKey` is a UUID of the form, so that a form sent twice makes one. */
  savePreset(content: PresetContent, base: Base | null, formKey: string): Promise<Outcome<Preset>>;
  saveCustomSize(
    content: CustomSizeContent,
    base: Base | null,
    formKey: string,
  ): Promise<Outcome<CustomSize>>;
  deletePreset(id: string): Promise<Outcome<null>>;
  restorePreset(id: string): Promise<Outcome<null>>;
  deleteCustomSize(id: string): Promise<Outcome<null>>;
  restoreCustomSize(id: string): Promise<Outcome<null>>;
  /** Calls the listener after every change, also one of another tab; returns the way to stop it. */
  listen(listener: () => void): () => void;
}

/** Calls `act` once it is known what there is: at once, or when the account has answered. */
export function onceKnown(keeper: Keeper, act: () => void): void {
  if (keeper.isKnown) {
    act();
    return;
  }
  const stop = keeper.listen(() => {
    if (!keeper.isKnown) return;
    stop();
    act();
  });
}
