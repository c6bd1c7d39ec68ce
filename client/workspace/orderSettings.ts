/** What of the export settings an order for a file says. */
import type { ExportExtras } from '../../server/presets/exportExtras.shared.ts';
import type { FileOrder } from '../worker/messages.ts';

export function orderSettings(extras: ExportExtras): Pick<FileOrder, 'kept' | 'isSmallest' | 'isLinear'> {
  const { smallest, linear, keepCopyright, keepDate, keepProfile, keepPlace } = extras;
  return {
    kept: { copyright: keepCopyright, date: keepDate, profile: keepProfile, place: keepPlace },
    isSmallest: smallest,
    isLinear: linear,
  };
}
