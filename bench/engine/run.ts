/** `npm run bench:engine`: speed, memory and quality of the pixels, beside sharp. The method is in bench/engine/README.md. */
import { fork } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { BatchRow } from './batch.ts';
import type { PhotoName } from './photos.ts';
import { measureQuality, type QualityRow, qualityCases } from './quality.ts';
import { compare, machine, median, page, peakOf, type Sample, stop } from './speed.ts';
import { targets } from './targets.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const fiveSizes = targets.slice(0, 5);
const photos: PhotoName[] = ['bird-24mp.jpg', 'foliage-24mp.jpg', 'bird-24mp-p3.jpg', 'dragonfly-12mp.jpg'];

try {
  console.log(`${machine()}\n`);
  const results = {
    machine: machine(),
    rounds,
    kernelBytes: { simd: sizesOf('kernel-simd.wasm'), scalar: sizesOf('kernel-scalar.wasm') },
    speed: {} as Record<string, Record<string, Sample[]>>,
    peakMb: {} as Record<string, number>,
    quality: [] as QualityRow[],
    batch: await runBatch(),
  };
  for (const name of photos) {
    const samples = await compare(name, rounds);
    results.speed[name] = Object.fromEntries(samples);
    printSpeed(name, samples);
  }
  const large = await compare('bird-100mp.jpg', rounds, {
    only: /sharp, (one|all)|planes/,
    sizes: fiveSizes,
  });
  results.speed['bird-100mp.jpg to 5'] = Object.fromEntries(large);
  printSpeed('bird-100mp.jpg', large, fiveSizes.length);
  const largePeak = await peakOf('bird-100mp.jpg', 'planes', fiveSizes);
  results.peakMb['bird-100mp.jpg to 5 by planes'] = largePeak;
  console.log(`largest memory of the renderer, bird-100mp.jpg to 5 by planes: ${largePeak.toFixed(0)} MB`);
  for (const [name, path] of [
    ['bird-24mp.jpg', 'planes'],
    ['bird-24mp.jpg', 'bitmap'],
    ['bird-100mp.jpg', 'planes'],
  ] as const) {
    const peak = await peakOf(name, path);
    results.peakMb[`${name} by ${path}`] = peak;
    console.log(`largest memory of the renderer, ${name} by ${path}: ${peak.toFixed(0)} MB`);
  }
  console.log('\nnearness to Lanczos3 in floating point\n');
  for (const [name, width] of qualityCases) {
    const rows = await measureQuality(page(), name, width);
    results.quality.push(...rows);
    for (const row of rows) printQuality(row);
  }
  fs.writeFileSync(new URL('../results.json', import.meta.url), `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await stop();
}

/** In a process of its own; it prints its rows. `BATCH=0` leaves it out, `BATCH=20` takes another number of photos. */
function runBatch(): Promise<BatchRow[]> {
  const child = fork(fileURLToPath(new URL('./batch.ts', import.meta.url)), { execArgv: process.execArgv });
  return new Promise((resolve, reject) => {
    child.once('message', (rows) => resolve(rows as BatchRow[]));
    child.once('exit', (code) => reject(new Error(`The batch ended with ${code}.`)));
  });
}

function printSpeed(name: PhotoName, samples: Map<string, Sample[]>, files = targets.length): void {
  const of = (label: string, key: 'wallMs' | 'busyMs') =>
    median((samples.get(label) ?? []).map((sample) => sample[key]));
  const bestWall = of('sharp, all at once', 'wallMs');
  const sequential = of('sharp, one after the other', 'busyMs');
  console.log(
    `${name} to ${files} JPEGs: median ms (share of sharp's best), processor ms (share of sharp's one after the other)`,
  );
  for (const [label, list] of samples) {
    const [wall, busy] = [of(label, 'wallMs'), of(label, 'busyMs')];
    const foreign = median(list.map((sample) => sample.foreign));
    console.log(
      `  ${label.padEnd(30)} ${wall.toFixed(0).padStart(6)} (${(wall / bestWall).toFixed(2)})  ${busy.toFixed(0).padStart(6)} (${(busy / sequential).toFixed(2)})  ${list[0]?.bytes} bytes, others ${foreign.toFixed(2)} cores`,
    );
  }
  console.log();
}

function printQuality({
  photo,
  width,
  format,
  by,
  bytes,
  psnr,
  ssim,
  butteraugli,
  ssimulacra2,
}: QualityRow): void {
  const other = `butteraugli ${butteraugli?.toFixed(3) ?? '-'}, SSIMULACRA2 ${ssimulacra2?.toFixed(2) ?? '-'}`;
  console.log(
    `  ${photo.padEnd(17)} ${String(width).padStart(5)} ${format.padEnd(4)} ${by.padEnd(5)} ${psnr.toFixed(1)} dB, SSIM ${ssim.toFixed(5)}, ${other}, ${bytes} bytes`,
  );
}

function sizesOf(name: string) {
  const bytes = fs.readFileSync(new URL(`../../dist/${name}`, import.meta.url));
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}
