import sharp from 'sharp';
import { expect, it } from 'vitest';
import { readFileFacts } from '../../../client/engine/headers/readFile.ts';
import { faviconSides, writeIco } from '../../../client/engine/icoFile.ts';

function square(side: number): Promise<Buffer> {
  return sharp({ create: { width: side, height: side, channels: 4, background: '#0a48' } })
    .png()
    .toBuffer();
}

it('holds every size, the smallest first, each a whole PNG', async () => {
  const pngs = await Promise.all([256, ...faviconSides].map(square));
  const ico = writeIco(pngs) ?? new Uint8Array();
  expect(readFileFacts(ico)).toMatchObject({
    format: 'ico',
    stored: { width: 256, height: 256 },
    sizes: [16, 32, 48, 256].map((side) => ({ width: side, height: side })),
    hasAlpha: true,
    isWhole: true,
    metadata: { trailing: false },
  });
  const view = new DataView(ico.buffer);
  for (const [index, side] of [16, 32, 48, 256].entries()) {
    const entry = 6 + 16 * index;
    const [length, at] = [view.getUint32(entry + 8, true), view.getUint32(entry + 12, true)];
    const { width, format } = await sharp(ico.subarray(at, at + length)).metadata();
    expect([width, format]).toEqual([side, 'png']);
    expect(ico[entry]).toBe(side % 256);
  }
});

it('is not made of what an icon cannot hold', async () => {
  expect(writeIco([])).toBeNull();
  expect(writeIco([await square(257)])).toBeNull();
  expect(writeIco([await square(16), Buffer.from('no picture')])).toBeNull();
});
