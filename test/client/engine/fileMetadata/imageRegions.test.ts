import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type ImageRegion, readImageRegions } from '../../../../client/engine/fileMetadata/imageRegions.ts';
import { parseXml } from '../../../../client/engine/fileMetadata/xml.ts';

const rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"';
const mwgSpaces =
  'xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" ' +
  'xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#"';
const iptcSpace = 'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"';

function packet(inner: string): string {
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${rdf}>${inner}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}

/** As Lightroom and digiKam write it: structures as attributes of descriptions. */
const face = packet(`<rdf:Description rdf:about="" ${mwgSpaces}>
  <mwg-rs:Regions rdf:parseType="Resource">
    <mwg-rs:AppliedToDimensions stDim:w="60" stDim:h="40" stDim:unit="pixel"/>
    <mwg-rs:RegionList><rdf:Bag><rdf:li>
      <rdf:Description mwg-rs:Name="Zoë &amp; Co" mwg-rs:Type="Face">
        <mwg-rs:Area stArea:x="0.3" stArea:y="0.5" stArea:w="0.2" stArea:h="0.4" stArea:unit="normalized"/>
      </rdf:Description></rdf:li>
    </rdf:Bag></mwg-rs:RegionList>
  </mwg-rs:Regions></rdf:Description>`);

/** As exiftool writes it: every field an element. */
const pet = packet(`<rdf:Description rdf:about="" ${mwgSpaces}><mwg-rs:Regions rdf:parseType='Resource'>
  <mwg-rs:RegionList><rdf:Bag>
    <rdf:li rdf:parseType='Resource'><mwg-rs:Area rdf:parseType='Resource'>
        <stArea:d>0.5</stArea:d><stArea:unit>normalized</stArea:unit><stArea:x>0.5</stArea:x><stArea:y>0.5</stArea:y>
      </mwg-rs:Area><mwg-rs:Type>Pet</mwg-rs:Type></rdf:li>
  </rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions></rdf:Description>`);

const cropRegion = packet(`<rdf:Description rdf:about="" ${iptcSpace}><Iptc4xmpExt:ImageRegion><rdf:Bag>
  <rdf:li rdf:parseType="Resource">
    <Iptc4xmpExt:RegionBoundary rdf:parseType="Resource">
      <Iptc4xmpExt:rbShape>rectangle</Iptc4xmpExt:rbShape><Iptc4xmpExt:rbUnit>pixel</Iptc4xmpExt:rbUnit>
      <Iptc4xmpExt:rbX>6</Iptc4xmpExt:rbX><Iptc4xmpExt:rbY>4</Iptc4xmpExt:rbY><Iptc4xmpExt:rbW>30</Iptc4xmpExt:rbW><Iptc4xmpExt:rbH>20</Iptc4xmpExt:rbH>
    </Iptc4xmpExt:RegionBoundary>
    <Iptc4xmpExt:Name><rdf:Alt><rdf:li xml:lang="en">Square</rdf:li></rdf:Alt></Iptc4xmpExt:Name>
  </rdf:li>
  <rdf:li rdf:parseType="Resource">
    <Iptc4xmpExt:RegionBoundary rdf:parseType="Resource">
      <Iptc4xmpExt:rbShape>circle</Iptc4xmpExt:rbShape><Iptc4xmpExt:rbUnit>relative</Iptc4xmpExt:rbUnit>
      <Iptc4xmpExt:rbX>0.5</Iptc4xmpExt:rbX><Iptc4xmpExt:rbY>0.5</Iptc4xmpExt:rbY><Iptc4xmpExt:rbRx>0.1</Iptc4xmpExt:rbRx>
    </Iptc4xmpExt:RegionBoundary>
    <Iptc4xmpExt:rCtype><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:Name>Human</Iptc4xmpExt:Name>
      <xmp:Identifier xmlns:xmp="http://ns.adobe.com/xap/1.0/"><rdf:Bag><rdf:li>http://cv.iptc.org/newscodes/imageregiontype/human</rdf:li></rdf:Bag></xmp:Identifier>
    </rdf:li></rdf:Bag></Iptc4xmpExt:rCtype>
    <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Grace</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
  </rdf:li>
  <rdf:li rdf:parseType="Resource">
    <Iptc4xmpExt:RegionBoundary rdf:parseType="Resource"><Iptc4xmpExt:rbShape>polygon</Iptc4xmpExt:rbShape>
      <Iptc4xmpExt:rbVertices><rdf:Seq><rdf:li Iptc4xmpExt:rbX="0.1" Iptc4xmpExt:rbY="0.2"/><rdf:li Iptc4xmpExt:rbX="0.4" Iptc4xmpExt:rbY="0.3"/><rdf:li Iptc4xmpExt:rbX="0.2" Iptc4xmpExt:rbY="0.6"/></rdf:Seq></Iptc4xmpExt:rbVertices>
    </Iptc4xmpExt:RegionBoundary></rdf:li>
</rdf:Bag></Iptc4xmpExt:ImageRegion></rdf:Description>`);

/** 60 x 40 pixels as stored, with XMP as libvips writes it. */
function photoWith(xmp: string, format: 'jpeg' | 'png' | 'webp' = 'jpeg', orientation = 1): Promise<Buffer> {
  const image = sharp({ create: { width: 60, height: 40, channels: 3, background: '#7a8a60' } });
  return image.withMetadata({ orientation }).withXmp(xmp).toFormat(format).toBuffer();
}

describe('regions in a photo', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('of MWG are read from a %s, with their names', async (format) => {
    expect(readImageRegions(await photoWith(face, format))).toEqual([
      { kind: 'face', label: 'Zoë & Co', box: near({ x: 0.2, y: 0.3, width: 0.2, height: 0.4 }) },
    ]);
  });

  it('of MWG that only say where the camera focused are left out', async () => {
    expect(readImageRegions(await photoWith(face.replace('"Face"', '"Focus"')))).toEqual([]);
  });

  it('of MWG may be circles, of the shorter side', async () => {
    expect(readImageRegions(await photoWith(pet))).toEqual([
      { kind: 'animal', label: 'pet', box: near({ x: 1 / 3, y: 0.25, width: 1 / 3, height: 0.5 }) },
    ]);
  });

  it('of IPTC may be rectangles in pixels, circles and polygons, with a type and a name', async () => {
    expect(readImageRegions(await photoWith(cropRegion))).toEqual([
      { kind: 'region', label: 'Square', box: near({ x: 0.1, y: 0.1, width: 0.5, height: 0.5 }) },
      { kind: 'person', label: 'Grace', box: near({ x: 0.4, y: 0.35, width: 0.2, height: 0.3 }) },
      { kind: 'region', label: 'region', box: near({ x: 0.1, y: 0.2, width: 0.3, height: 0.4 }) },
    ]);
  });

  // The face is at x 0.2..0.4, y 0.3..0.7 as stored; what the eye sees then is known from EXIF's own table.
  it.each([
    [1, { x: 0.2, y: 0.3 }],
    [2, { x: 0.6, y: 0.3 }],
    [3, { x: 0.6, y: 0.3 }],
    [4, { x: 0.2, y: 0.3 }],
    [5, { x: 0.3, y: 0.2 }],
    [6, { x: 0.3, y: 0.2 }],
    [7, { x: 0.3, y: 0.6 }],
    [8, { x: 0.3, y: 0.6 }],
  ])('lie upright in orientation %i', async (orientation, place) => {
    const [region] = readImageRegions(await photoWith(face, 'jpeg', orientation));
    const size = orientation >= 5 ? { width: 0.4, height: 0.2 } : { width: 0.2, height: 0.4 };
    expect(region?.box).toEqual(near({ ...place, ...size }));
  });

  it('are left as they are where they were marked on the upright photo', async () => {
    const upright = face.replace('stDim:w="60" stDim:h="40"', 'stDim:w="40" stDim:h="60"');
    const [region] = readImageRegions(await photoWith(upright, 'jpeg', 6));
    expect(region?.box).toEqual(near({ x: 0.2, y: 0.3, width: 0.2, height: 0.4 }));
  });

  it('end at the edge of the photo, and those outside of it are left out', async () => {
    const cut = face.replace('stArea:x="0.3"', 'stArea:x="0"');
    expect(readImageRegions(await photoWith(cut))[0]?.box).toEqual(
      near({ x: 0, y: 0.3, width: 0.1, height: 0.4 }),
    );
    expect(readImageRegions(await photoWith(face.replace('stArea:x="0.3"', 'stArea:x="-2"')))).toEqual([]);
    expect(readImageRegions(await photoWith(face.replace('stArea:x="0.3"', 'stArea:x="left"')))).toEqual([]);
  });

  it('are none in a photo without XMP, and in one that is cut off', async () => {
    const whole = await photoWith(face);
    expect(readImageRegions(whole.subarray(0, 300))).toEqual([]);
    expect(readImageRegions(Buffer.from('no photo'))).toEqual([]);
  });
});

describe('forged metadata', () => {
  it('of any bytes is read without a fault, and every region lies inside the photo', async () => {
    const files = await Promise.all([face, pet, cropRegion].map((xmp) => photoWith(xmp)));
    const changes = fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...files), changes, (file, bytes) => {
        const forged = Uint8Array.from(file);
        for (const [at, byte] of bytes) if (at < forged.length) forged[at] = byte;
        for (const { box } of readImageRegions(forged)) expectInside(box);
      }),
      { numRuns: 400 },
    );
  });

  it('of any pieces of XMP is read without a fault', async () => {
    const base = await photoWith(face);
    const start = base.indexOf('<?xpacket');
    const parts = `${face}${cropRegion}`.match(/<[^>]*>|[^<]+/g) ?? [];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...parts, '<', '"', "'", '&#xfffffff;', '<![CDATA[', '<!--'), {
          maxLength: 60,
        }),
        (order) => {
          const text = Buffer.from(order.join('').slice(0, face.length - 50));
          const forged = Buffer.from(base);
          text.copy(forged, start);
          for (const { box } of readImageRegions(forged)) expectInside(box);
          expect(parseXml(order.join('')).name).toBe('');
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ['nested without end', '<a>'.repeat(200_000)],
    ['one endless tag', `<a ${'b'.repeat(900_000)}`],
    ['one long tag', `<a ${'b'.repeat(900_000)}>`],
    ['quotes without end', `<a ${'b="'.repeat(300_000)}>`],
    ['closings of nothing', '</a>'.repeat(200_000)],
    ['entities', '&amp;'.repeat(180_000)],
  ])('takes no longer than its length allows: %s', (_, text) => {
    // One that goes back again and again would take minutes, and the test with it.
    expect(parseXml(text).children.length).toBeLessThan(2);
  });
});

function near(box: ImageRegion['box']): ImageRegion['box'] {
  return Object.fromEntries(
    Object.entries(box).map(([name, value]) => [name, expect.closeTo(value, 6)]),
  ) as unknown as ImageRegion['box'];
}

function expectInside({ x, y, width, height }: ImageRegion['box']): void {
  expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
  expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9);
}
