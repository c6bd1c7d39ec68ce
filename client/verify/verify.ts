/**
 * `npm run verify -- FOLDER [RECEIPT]`: checks exported files by their headers, for CI. The receipt is the folder's own
 * manifest.json where none is named. Ends with 0 when no rule is broken, 1 when one is, 2 when there was nothing to check by.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkByReceipt } from '../engine/receipt/checkFiles.ts';
import { receiptName } from '../engine/receipt/receipt.ts';
import { findFiles, loadReceipt } from './readFolder.ts';
import { reportWords } from './report.ts';

const usage = `Usage: npm run verify -- FOLDER [RECEIPT.json] [--json]

Checks the files that All Img Fit exported into FOLDER against the rules in the receipt
(FOLDER/${receiptName} unless another is named), by their headers alone.
  --json   print the result as JSON
Exit code: 0 no rule is broken, 1 a rule is broken or a file is missing, 2 there is nothing to check by.`;

process.exitCode = await run(process.argv.slice(2));

async function run(given: string[]): Promise<0 | 1 | 2> {
  const read = readArguments(given);
  if (!read) {
    console.error(usage);
    return 2;
  }
  const { folder, receipt: receiptFile, json } = read;
  const parsed = await loadReceipt(receiptFile);
  if (!parsed.ok) {
    console.error(`${receiptFile}: ${parsed.reason}`);
    return 2;
  }
  const checked = checkByReceipt(parsed.receipt, await findFiles(folder, [receiptFile]));
  console.log(json ? JSON.stringify(checked, null, 2) : reportWords(checked));
  return checked.some(({ state }) => state === 'red') ? 1 : 0;
}

function readArguments(given: string[]): { folder: string; receipt: string; json: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      options: { json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [folder, receipt = path.join(folder ?? '', receiptName)] = positionals;
    return folder === undefined || positionals.length > 2 ? null : { folder, receipt, json: values.json };
  } catch {
    return null; // an option that there is not
  }
}
