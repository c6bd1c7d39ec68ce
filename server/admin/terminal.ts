/** Asking the person at the terminal. */
import readline from 'node:readline/promises';
import { Writable } from 'node:stream';

/** What was typed, or null when nobody sits there. */
export async function askLine(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const asked = readline.createInterface({ input: process.stdin, output: process.stderr });
  const typed = await asked.question(question);
  asked.close();
  return typed;
}

/** From a terminal without showing it; else the first line of what is piped in, without its line end. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return firstLine(process.stdin);
  process.stderr.write('New password: ');
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asked = readline.createInterface({ input: process.stdin, output: unseen, terminal: true });
  const typed = await asked.question('');
  asked.close();
  process.stderr.write('\n');
  return typed;
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  const [line = ''] = Buffer.concat(chunks).toString('utf8').split(/\r?\n/);
  return line;
}
