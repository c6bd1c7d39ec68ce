/** How much a file may hold is counted first: reading much costs much, and refusing it should not. */
import type { PresetLimits } from '../preset.shared.ts';
import { type FileFault, writePath } from './presetFileShape.shared.ts';

/** Lists that are longer than what one person may keep. @param value what was parsed, whatever it is */
export function tooMany(value: unknown, limits: PresetLimits): FileFault[] {
  const presets = fieldOf(value, 'presets');
  const entries = (path: string, count: number, most: number): FileFault[] =>
    count > most ? [{ path, message: `must be at most ${most} entries long.` }] : [];
  const outer = [
    ...entries('presets', lengthOf(presets), limits.presets),
    ...entries('customSizes', lengthOf(fieldOf(value, 'customSizes')), limits.customSizes),
  ];
  if (outer.length > 0 || !Array.isArray(presets)) return outer;
  return presets.flatMap((preset: unknown, at): FileFault[] => {
    const count = lengthOf(fieldOf(preset, 'items'));
    if (count <= limits.specsPerPreset) return [];
    const message = `A preset holds ${limits.specsPerPreset} specs at most, and this would be ${count}.`;
    return [{ path: writePath(['presets', at, 'items']), message }];
  });
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}
