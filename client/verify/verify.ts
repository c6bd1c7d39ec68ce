/**
 * `npm run verify -- FOLDER [RECEIPT or PRESETS]`: checks exported files by their headers, for CI. The receipt is the folder's own
 * manifest.json where nothing is named. Ends with 0 when no rule is broken, 1 when one is, 2 when there was nothing to check by.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { specWord } from '../engine/fileNames.ts';
import { checkByNames } from '../engine/receipt/checkByNames.ts';
import { type CheckedFile, checkByReceipt } from '../engine/receipt/checkFiles.ts';
import { parseReceipt } from '../engine/receipt/parseReceipt.ts';
import { type Receipt, receiptName } from '../engine/receipt/receipt.ts';
import { isPresetFile, readPresetSpecs } from './presetSpecs.ts';
import { findFiles, loadCatalogue, readText } from './readFolder.ts';
import { reportWords } from './report.ts';

const usage = `Usage: npm run verify -- FOLDER [RECEIPT.json | PRESETS.json] [--preset NAME] [--json]

Checks the files that All Img Fit exported into FOLDER against the rules in their receipt
(FOLDER/${receiptName} unless another is named), or against the specs of presets that were
exported as a file, by the files' headers alone.
  --preset NAME   only this one of the presets in the file
  --json          print the result as JSON
Exit code: 0 no rule is broken, 1 a rule is broken or a file is missing, 2 there is nothing to check by.`;

interface Wanted {
  folder: string;
  by: string;
  presetName: string | null;
  json: boolean;
}

type Result = { ok: true; checked: CheckedFile[] } | { ok: false; reason: string };

process.exitCode = await run(process.argv.slice(2));

async function run(given: string[]): Promise<0 | 1 | 2> {
  const wanted = readArguments(given);
  if (!wanted) {
    console.error(usage);
    return 2;
  }
  const text = await readText(wanted.by);
  const result =
    text === null ? { ok: false as const, reason: 'It cannot be read.' } : await check(text, wanted);
  if (!result.ok) {
    console.error(`${wanted.by}: ${result.reason}`);
    return 2;
  }
  console.log(wanted.json ? JSON.stringify(result.checked, null, 2) : reportWords(result.checked));
  return result.checked.some(({ state }) => state === 'red') ? 1 : 0;
}

async function check(text: string, { folder, by, presetName }: Wanted): Promise<Result> {
  if (presetName !== null || isPresetFile(text)) return checkByPresets(text, { folder, by, presetName });
  const parsed = parseReceipt(text);
  if (!parsed.ok) return parsed;
  return { ok: true, checked: checkByReceipt(parsed.receipt, await findFiles(folder, [by])) };
}

async function checkByPresets(
  text: string,
  { folder, by, presetName }: Omit<Wanted, 'json'>,
): Promise<Result> {
  const read = readPresetSpecs(text, await loadCatalogue(), presetName);
  if (!read.ok) return read;
  const { specs, unknown, making } = read;
  const receiptFile = path.join(folder, receiptName);
  const receipt = parseReceipt((await readText(receiptFile)) ?? '');
  const uses = receipt.ok ? usesOf(receipt.receipt) : new Map<string, string[]>();
  const found = await findFiles(folder, [by, receiptFile]);
  const unchecked = unknown.map((name): CheckedFile => {
    const notes = ['This catalogue does not know the spec: its files cannot be checked.'];
    return { name, state: 'red', notes, uses: [] };
  });
  return { ok: true, checked: [...checkByNames({ specs, uses, making }, found), ...unchecked] };
}

/** One file may serve several specs, which its name does not tell. The rules are those of the presets all the same. */
function usesOf({ files, specs }: Receipt): Map<string, string[]> {
  const words = new Map(specs.map((spec) => [spec.id, specWord(spec)]));
  return new Map(files.map(({ name, specIds }) => [name, specIds.flatMap((id) => words.get(id) ?? [])]));
}

function readArguments(given: string[]): Wanted | null {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      options: { json: { type: 'boolean', default: false }, preset: { type: 'string' } },
      allowPositionals: true,
    });
    const [folder, by = path.join(folder ?? '', receiptName)] = positionals;
    if (folder === undefined || positionals.length > 2) return null;
    return { folder, by, presetName: values.preset ?? null, json: values.json };
  } catch {
    return null; // an option that there is not
  }
}
