/** Keeps presets and custom sizes with the account: sends the very forms of the pages, and reads the outcome. */
import { writeCustomSizeForm } from '../../server/presets/customSizes/customSizeForm.shared.ts';
import type { CustomSize, Preset, PresetLimits } from '../../server/presets/preset.shared.ts';
import { writePresetForm } from '../../server/presets/presetForm.shared.ts';
import type { AccountRequests, SentAnswer, SignedIn, WhoAnswer } from './accountRequests.ts';
import { createAccountShelf } from './accountShelf.ts';
import type { Keeper } from './keeper.ts';
import { parseCustomSize, parsePreset } from './keptThings.ts';
import { asList, asObject } from './looseJson.ts';

const usualLimits: PresetLimits = { presets: 200, specsPerPreset: 60, customSizes: 200 };

export interface AccountKeeper extends Keeper {
  /**
   * Learns anew what there is: something else than the keeper has changed it, or the account could not be asked before.
   * @param who what it has just answered; else it is asked
   */
  refresh(who?: WhoAnswer): Promise<void>;
}

/**
 * @param tag of the account that the page was made for: with any other one nothing is read or written
 * @param account what GET /account/mine said of it; null: it could not be asked yet, and is before anything is sent
 */
export function createAccountKeeper(
  requests: AccountRequests,
  tag: string,
  account: SignedIn | null,
): AccountKeeper {
  const listeners = new Set<() => void>();
  let token: string | null = null;
  let limits = usualLimits;
  let isFilled = false;
  const presets = createAccountShelf<Preset>(
    { address: '/presets', name: 'your preset', field: 'preset', parse: (sent) => parsePreset(sent) },
    { send, tell },
  );
  const sizes = createAccountShelf<CustomSize>(
    {
      address: '/presets/sizes',
      name: 'your custom size',
      field: 'customSize',
      parse: (sent) => parseCustomSize(sent),
    },
    { send, tell },
  );
  if (account?.tag === tag) fill(account);

  function fill({ csrfToken, body }: SignedIn): void {
    token = csrfToken;
    limits = readLimits(body.limits);
    presets.fill(asList(body.presets));
    sizes.fill(asList(body.customSizes));
    isFilled = true;
  }

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  /** Asks for another token once when the one at hand is not good any more, or there is none yet. */
  async function send(address: string, fields: [string, string][], name: string): Promise<SentAnswer> {
    if (token !== null) {
      const answer = await requests.send(address, new URLSearchParams([...fields, ['_csrf', token]]), name);
      if (answer.kind !== 'refused') return answer;
    }
    const who = await requests.ask();
    if (who.kind === 'unreachable') return { kind: 'unreachable' };
    if (who.kind === 'signedOut' || who.account.tag !== tag) return { kind: 'refused' };
    const { csrfToken } = who.account;
    token = csrfToken;
    if (!isFilled) {
      fill(who.account);
      tell();
    }
    return requests.send(address, new URLSearchParams([...fields, ['_csrf', csrfToken]]), name);
  }

  return {
    where: 'account',
    get limits() {
      return limits;
    },
    get isKnown() {
      return isFilled;
    },
    async refresh(answer) {
      const who = answer ?? (await requests.ask());
      if (who.kind !== 'signedIn' || who.account.tag !== tag) return;
      fill(who.account);
      tell();
    },
    presets: presets.list,
    customSizes: sizes.list,
    savePreset(content, base, formKey) {
      const { item, ...fields } = writePresetForm(content);
      const items = item.map((text): [string, string] => ['item', text]);
      return presets.save([...Object.entries(fields), ...items], base, formKey);
    },
    saveCustomSize: (content, base, formKey) =>
      sizes.save(Object.entries(writeCustomSizeForm(content)), base, formKey),
    deletePreset: presets.remove,
    restorePreset: presets.restore,
    deleteCustomSize: sizes.remove,
    restoreCustomSize: sizes.restore,
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readLimits(sent: unknown): PresetLimits {
  const { presets, specsPerPreset, customSizes } = asObject(sent);
  const read = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
  return {
    presets: read(presets, usualLimits.presets),
    specsPerPreset: read(specsPerPreset, usualLimits.specsPerPreset),
    customSizes: read(customSizes, usualLimits.customSizes),
  };
}
