import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mostTextBytes, readZipText } from '../../../../client/workspace/reopen/readZipText.ts';
import { makeZip } from '../../../../client/workspace/zip.ts';

const wanted = 'manifest.json';
const text = '{"a": "é"}';

async function ourZip(...names: string[]): Promise<Blob> {
  async function* entries() {
    for (const name of names) yield { name, blob: new Blob([name.endsWith(wanted) ? text : 'picture']) };
  }
  return makeZip(entries());
}

interface Packed {
  name?: string;
  method?: number;
  content?: Buffer;
  /** What the zip says of its sizes, instead of the truth. */
  claims?: { packed?: number; bytes?: number; headerAt?: number };
  zip64?: boolean;
}

/** A zip with one file, as another program would write it, or as one that lies. */
function zipOf({
  name = wanted,
  method = 8,
  content = Buffer.from(text),
  claims = {},
  zip64 = false,
}: Packed): Buffer {
  const packed = method === 8 ? deflateRawSync(content) : content;
  const nameBytes = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(nameBytes.length, 26);
  const headerAt = claims.headerAt ?? 0;
  const extra = zip64 ? Buffer.alloc(28) : Buffer.alloc(0);
  if (zip64) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.writeBigUInt64LE(BigInt(claims.bytes ?? content.length), 4);
    extra.writeBigUInt64LE(BigInt(claims.packed ?? packed.length), 12);
    extra.writeBigUInt64LE(BigInt(headerAt), 20);
  }
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(method, 10);
  central.writeUInt32LE(crc32(content), 16);
  central.writeUInt32LE(zip64 ? 0xffff_ffff : (claims.packed ?? packed.length), 20);
  central.writeUInt32LE(zip64 ? 0xffff_ffff : (claims.bytes ?? content.length), 24);
  central.writeUInt16LE(nameBytes.length, 28);
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt32LE(zip64 ? 0xffff_ffff : headerAt, 42);
  const directory = Buffer.concat([central, nameBytes, extra]);
  const at = local.length + nameBytes.length + packed.length;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([local, nameBytes, packed, directory, end]);
}

const read = (zip: Buffer | Blob) =>
  readZipText(zip instanceof Blob ? zip : new Blob([Uint8Array.from(zip)]), wanted);

describe('a zip', () => {
  test('of ours gives its receipt, also after it was unpacked and packed again in a folder', async () => {
    expect(await read(await ourZip('a.jpg', wanted))).toEqual({ ok: true, text });
    expect(await read(await ourZip('market/deep/manifest.json', `market/${wanted}`, 'market/a.jpg'))).toEqual(
      {
        ok: true,
        text,
      },
    );
    expect(await read(zipOf({}))).toEqual({ ok: true, text });
    expect(await read(zipOf({ zip64: true, method: 0 }))).toEqual({ ok: true, text });
  });

  test('without one says so; names that lead elsewhere are only names', async () => {
    expect(await read(await ourZip('a.jpg'))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('has no manifest.json'),
    });
    expect(await read(zipOf({ name: `../../etc/${wanted}` }))).toEqual({ ok: true, text });
    expect(await read(zipOf({ name: 'x'.repeat(60_000) }))).toMatchObject({ ok: false });
  });

  test('that grows without end is given up, whatever size it claims', async () => {
    const bomb = { content: Buffer.alloc(mostTextBytes + 1, 'a') };
    expect(await read(zipOf({ ...bomb, claims: { bytes: 10 } }))).toEqual({
      ok: false,
      reason: 'holds a receipt that is too large to be one',
    });
  });

  test('that is damaged or cut off says so', async () => {
    const zip = zipOf({});
    const broken = Buffer.from(zip);
    broken.writeUInt8((broken[50] ?? 0) ^ 0xff, 50);
    for (const bad of [
      Buffer.alloc(0),
      Buffer.from('no zip at all'),
      zip.subarray(0, zip.length - 10),
      zip.subarray(20),
      broken,
      zipOf({ method: 12 }),
      zipOf({ claims: { bytes: 3 } }),
      zipOf({ claims: { packed: 4_000_000_000 } }),
      zipOf({ claims: { headerAt: 4_000_000_000 } }),
    ]) {
      expect((await read(bad)).ok).toBe(false);
    }
  });

  test('of any bytes ends in an answer', async () => {
    const zip = zipOf({});
    await fc.assert(
      fc.asyncProperty(
        fc.nat(zip.length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        async (at, bytes) => {
          const changed = Buffer.from(zip);
          changed.set(bytes.subarray(0, zip.length - at), at);
          const answer = await read(changed);
          if (answer.ok) expect(answer.text).toBe(text);
        },
      ),
      { numRuns: 300 },
    );
  });
});
