/** `npm run eval:focus -- DIR`: what our crops keep of what must stay, beside others. The method is in bench/focus/README.md. */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Stage } from '../../client/worker/focus/messages.ts';
import { type LabelledPhoto, readLabels } from './labels.ts';
import { type Looks, lookAtAll } from './looks.ts';
import { aspectNames, type Score, score } from './measure.ts';
import { cropsOf, placeAll } from './ours.ts';
import { type Crops, cropsOfPeers, peerNames } from './peers.ts';
import { type Cell, writeSheet } from './sheet.ts';
import { printBars, printGroups, printOverall, type Scores } from './tables.ts';

const whole: Stage[] = ['instant', 'faces', 'objects'];

/** Always looked at: without faces, the object model runs alone, and its time is what the whole is compared with. */
const always: Record<string, Stage[]> = { ours: whole, 'without faces': ['instant', 'objects'] };

/** Without a stage at a time: what each is good for. */
const ablation: Record<string, Stage[]> = {
  'without models': ['instant'],
  'without objects': ['instant', 'faces'],
  'with a closer look': ['instant', 'faces', 'objects', 'closer'],
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { boxes: { type: 'string' }, ablation: { type: 'boolean' }, out: { type: 'string' } },
});
const [folder] = positionals;
if (!folder) {
  console.error(
    'Say which folder of photos: npm run eval:focus -- DIR. It has to hold labels.json; see bench/focus/README.md.',
  );
  process.exit(2);
}
await evaluate(folder);

async function evaluate(folder: string): Promise<void> {
  const photos = readLabels(folder);
  const out = values.out ?? 'test/.output/focus';
  fs.mkdirSync(out, { recursive: true });
  const lists = values.ablation ? { ...always, ...ablation } : always;
  const looks = await findOrRead(photos, lists);
  const ours = looks.ours ?? {};

  const scores: Scores = new Map();
  const crops: Record<string, Record<string, Crops>> = {};
  const cells: Cell[] = [];
  for (const photo of photos) {
    const boxes = ours[photo.name]?.boxes ?? [];
    const byMethod: Record<string, Crops> = { ...(await cropsOfPeers(photo, boxes)) };
    for (const [name, found] of Object.entries(looks)) {
      const look = found[photo.name];
      if (look) byMethod[name] = cropsOf(photo, placeAll(photo, look));
    }
    crops[photo.name] = byMethod;
    for (const [method, own] of Object.entries(byMethod)) {
      const list = scores.get(method) ?? [];
      scores.set(method, list);
      for (const aspect of aspectNames) {
        const one = score(photo, aspect, own[aspect]);
        if (!one) continue;
        list.push(one);
        if (method === 'ours') cells.push({ score: one, crop: own[aspect], boxes });
      }
    }
  }
  const few = new Map(
    [...scores].filter(([name]) => name === 'ours' || peerNames.some((peer) => peer === name)),
  );
  printOverall(scores);
  printGroups(few, 'kind', ({ photo }) => [photo.kind]);
  printGroups(few, 'tag', ({ photo }) => photo.tags);
  printBars(
    scores.get('ours') ?? [],
    scores.get('smartcrop') ?? [],
    printTimes(ours, looks['without faces'] ?? {}),
  );

  fs.writeFileSync(path.join(out, 'crops.json'), `${JSON.stringify(crops, rounded, 1)}\n`);
  const worst = cells.toSorted((a, b) => badness(b.score) - badness(a.score)).slice(0, 40);
  await writeSheet(path.join(out, 'worst.png'), worst);
  await writeSheet(path.join(out, 'all.png'), cells);
  console.log(`\n${path.join(out, 'crops.json')}, worst.png (the worst 40) and all.png are written.`);
}

/** With `--boxes FILE`, what was found is kept there and read again, so that placement can be changed without the models. */
async function findOrRead(
  photos: LabelledPhoto[],
  lists: Record<string, Stage[]>,
): Promise<Record<string, Looks>> {
  const { boxes: file } = values;
  if (file && fs.existsSync(file)) {
    console.log(`What was found is read from ${file}; no model ran.`);
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  }
  const found = await lookAtAll(photos, Object.values(lists));
  const named = Object.fromEntries(Object.keys(lists).map((name, i) => [name, found[i] ?? {}]));
  if (file) fs.writeFileSync(file, JSON.stringify(named));
  return named;
}

/**
 * Returns how many times as long as the object model's search alone a photo takes, the median over the photos; null where that
 * was not asked.
 */
function printTimes(looks: Looks, withoutFaces: Looks): number | null {
  const all = Object.values(looks);
  const wholeMs = median(all.map((look) => look.wholeMs));
  const objectsMs = median(Object.values(withoutFaces).map(({ ms }) => ms.objects ?? NaN));
  console.log('\nMedian milliseconds of a photo, by a warm worker\n');
  for (const stage of whole)
    console.log(`${stage.padEnd(10)} ${median(all.map(({ ms }) => ms[stage] ?? NaN)).toFixed(1)}`);
  console.log(`${'objects, without the second look at heads'.padEnd(10)} ${objectsMs.toFixed(1)}`);
  console.log(`${'everything'.padEnd(10)} ${wholeMs.toFixed(1)}`);
  // The last photo was known from the warming up.
  const ratios = Object.entries(looks).flatMap(([name, { wholeMs: own }]) => {
    const alone = withoutFaces[name]?.ms.objects;
    return alone ? [own / alone] : [];
  });
  return ratios.length > 0 ? median(ratios) : null;
}

/** What could have been whole and is not comes first, then the lesser losses. */
function badness({ couldFit, isFull, ofAttainable }: Score): number {
  return (couldFit && !isFull ? 1 : 0) + (1 - ofAttainable);
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[list.length >> 1] ?? NaN;
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value;
}
