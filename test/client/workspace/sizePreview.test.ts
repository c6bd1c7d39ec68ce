import { describe, expect, test } from 'vitest';
import { previewOf } from '../../../client/workspace/sizePreview.ts';
import type { CustomSizeFields } from '../../../server/presets/customSizes/customSizeFields.shared.ts';
import { writeCustomSizeForm } from '../../../server/presets/customSizes/customSizeForm.shared.ts';

const preview = (typed: Partial<CustomSizeFields>) =>
  previewOf({ ...writeCustomSizeForm(null), width: '400', height: '300', ...typed }, null);
const plainly = (text: string) => text.replace(/\s/g, ' ');

describe('the drawing of a custom size', () => {
  test('stays when another field is wrong', () => {
    const wrong = { minBytes: '500', maxBytes: '100', quality: 'x', jpeg: '', png: '', name: '' };
    const { content, words } = preview({ ...wrong, safeArea: 'circle', safeCircle: '80', mask: 'rounded' });
    expect(content).toMatchObject({ safeArea: { kind: 'circle', radius: 0.4 }, mask: 'rounded' });
    expect(plainly(words)).toBe('400 × 300 px');
    expect(preview({ safeArea: 'circle', safeCircle: '' }).content).toMatchObject({ safeArea: null });
    expect(preview({ dpi: 'x' }).content).toMatchObject({ dpi: null });
  });

  test('of a size on paper needs no resolution, and says what it is for', () => {
    const { content, words } = preview({ width: '85.6', height: '53.98', unit: 'mm' });
    expect(content).toMatchObject({ size: { width: 85.6, height: 53.98 } });
    expect(plainly(words)).toBe('85.6 × 53.98 mm: write the resolution to get pixels');
    expect(plainly(preview({ width: '35', height: '45', unit: 'mm', dpi: '300' }).words)).toBe(
      '35 × 45 mm at 300 dpi = 413 × 531 px',
    );
  });

  test('is missing where there is no size, and the words say what to write', () => {
    expect(preview({ width: '', height: '' })).toEqual({
      content: null,
      words: 'Type a width and a height.',
    });
    expect(preview({ height: '' })).toEqual({ content: null, words: 'The height is missing.' });
    expect(preview({ kind: 'ratio' })).toEqual({ content: null, words: 'The ratio is missing.' });
  });
});
