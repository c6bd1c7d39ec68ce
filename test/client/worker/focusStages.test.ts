/** Looking at a photo, stage by stage, in the real worker on the real site. */
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { overlapOf } from '../../../client/engine/focus/overlap.ts';
import { openStage } from '../../browser/stage.ts';
import { drawnFacePhoto, drawnHead } from '../../photos/drawnFace.ts';
import { examplePhoto } from '../../photos/photos.ts';
import { foundAt, openFocusPage, shortly } from './focusPage.ts';

const stage = openStage();

test('finds a face, then people and things, tells each stage at once, and asks nobody but the site', async () => {
  const { look, requests, close } = await openFocusPage(stage);
  const photo = await drawnFacePhoto();
  const replies = await look(photo);
  expect(shortly(replies)).toEqual(['instant', 'faces', 'objects', 'done']);

  const { findings } = foundAt(replies, 'instant');
  expect(findings).toMatchObject({ size: { width: 900, height: 600 }, boxes: [], marks: {} });
  expect(findings.saliency).toMatchObject({ width: 160, height: 107 });
  expect(findings.scores).toMatchObject({ width: 48, height: 32, searched: { width: 384, height: 256 } });

  const [face] = foundAt(replies, 'faces').findings.boxes;
  expect(face).toMatchObject({ kind: 'face', id: 'face-1', source: 'auto', enabled: true });
  expect(overlapOf(face?.box ?? drawnHead, drawnHead)).toBeGreaterThan(0.6);
  const all = foundAt(replies, 'objects').findings;
  expect(all.boxes.map(({ id }) => id)).toContain('face-1');
  expect(all.marks['face-1']?.rightEye.x).toBeLessThan(all.marks['face-1']?.leftEye.x ?? 0);

  // No worker of TensorFlow's own: its threads would wait for ever here, where the page is isolated.
  expect(requests.filter((url) => !url.startsWith(`${stage.app.url}/`))).toEqual([]);
  expect(
    requests.filter((url) => /\.(bin|wasm)$/.test(url)).map((url) => url.replace(/.*\/|-\w+\.\w+$/g, '')),
  ).toEqual(['tfjs-backend-wasm-simd', 'facemesh-detection-full', 'nanodet']);

  // The same content under another name was looked at already.
  const asked = requests.length;
  const again = await look({ ...photo, name: 'the same.jpg' });
  expect(shortly(again)).toEqual(['instant', 'faces', 'objects', 'done']);
  expect(again.map((reply) => (reply.kind === 'looked' ? reply.ms : 0))).toEqual([0, 0, 0, 0]);
  expect(foundAt(again, 'objects').findings).toEqual(all);
  expect(requests.length).toBe(asked);
  await close();
});

test('does only the stages that are asked for, stops when it is cancelled, and goes on after a photo that is none', async () => {
  const { look, requests, close } = await openFocusPage(stage);
  const dogs = await examplePhoto('two-dogs-at-a-window');
  expect(shortly(await look(dogs, { stages: ['instant'] }))).toEqual(['instant', 'done']);
  expect(requests.filter((url) => /tensorflow|\.bin$/.test(url))).toEqual([]);

  const broken = await look({ ...dogs, name: 'dogs.jpg', buffer: dogs.buffer.subarray(0, 900) });
  expect(broken).toEqual([
    {
      kind: 'failed',
      id: 2,
      reason: expect.stringMatching(/^dogs\.jpg breaks off before its end/),
    },
  ]);

  expect(shortly(await look(dogs, { cancelAt: 'instant' }))).toEqual(['instant', 'stopped']);

  const found = foundAt(await look(dogs, { stages: ['objects'] }), 'objects').findings.boxes;
  expect(found.length).toBeGreaterThan(0);
  expect(found.every(({ kind, label }) => kind === 'animal' && label === 'dog')).toBe(true);
  await close();
});

test('what the file marks itself is there from the first stage on, in the place of what is found', async () => {
  const { look, close } = await openFocusPage(stage);
  const { buffer } = await drawnFacePhoto();
  const { x, y, width, height } = drawnHead;
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
    xmlns:m="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:a="http://ns.adobe.com/xmp/sType/Area#">
    <m:Regions rdf:parseType="Resource"><m:RegionList><rdf:Bag><rdf:li rdf:parseType="Resource"><m:Name>Ada</m:Name><m:Type>Face</m:Type>
    <m:Area a:x="${x + width / 2}" a:y="${y + height / 2}" a:w="${width}" a:h="${height}"/></rdf:li></rdf:Bag></m:RegionList></m:Regions>
    </rdf:Description></rdf:RDF></x:xmpmeta>`;
  const marked = await sharp(buffer).withXmp(xmp).jpeg().toBuffer();
  const replies = await look(
    { name: 'ada.jpg', mimeType: 'image/jpeg', buffer: marked },
    { stages: ['instant', 'faces'] },
  );
  for (const stage of ['instant', 'faces'] as const) {
    const boxes = foundAt(replies, stage).findings.boxes;
    expect(boxes.map(({ id, label, source }) => [id, label, source])).toEqual([['face-1', 'Ada', 'file']]);
  }
  await close();
});

test('a face too small for the first look is found by looking closer, and boxes keep their ids', async () => {
  const { look, close } = await openFocusPage(stage);
  const { buffer } = await drawnFacePhoto();
  const small = await sharp(buffer)
    .extract({ left: 450, top: 60, width: 360, height: 480 })
    .resize(60)
    .toBuffer();
  const photo = await sharp({ create: { width: 1600, height: 1000, channels: 3, background: '#7d95a5' } })
    .composite([
      { input: small, left: 200, top: 120 },
      { input: await sharp(buffer).resize(700).toBuffer(), left: 850, top: 450 },
    ])
    .jpeg()
    .toBuffer();
  const file = { name: 'two.jpg', mimeType: 'image/jpeg', buffer: photo };
  const first = foundAt(await look(file), 'objects').findings.boxes;
  const closer = foundAt(await look(file, { stages: ['closer'] }), 'closer').findings.boxes;
  const faces = (boxes: typeof first) => boxes.filter(({ kind }) => kind === 'face').map(({ id }) => id);
  expect(faces(first)).toEqual(['face-1']);
  expect(faces(closer).sort()).toEqual(['face-1', 'face-2']);
  expect(closer.find(({ id }) => id === 'face-2')?.box.x).toBeLessThan(0.2);
  await close();
});
