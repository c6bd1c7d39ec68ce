/** People who make presets, change their preferences and register without a pause, and remember what the server acknowledged. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../server/database/pool.ts';
import { addPerson, noLimits, type Person, signIn } from '../server/security/accountsApp.ts';
import { createVisitor, readForm, readToken, type Visitor } from '../server/security/visitor.ts';
import {
  type Answered,
  type Attempt,
  mostPresets,
  type PresetMaker,
  startPresetMaker,
} from './presetMakers.ts';

export interface Figures {
  /** Writes that were answered as done. */
  acknowledged: number;
  /** Answered with 503 and Retry-After. */
  refused: number;
  /** Not answered: the connection broke. */
  broken: number;
  /** Any other answer: `status location` -> how often. */
  odd: Record<string, number>;
  /** Milliseconds: the slowest answer of all, and the longest time without one acknowledged write. */
  slowestMs: number;
  longestGapMs: number;
}

export interface Writers {
  /** Figures since the start or the last call. */
  takeFigures(): Figures;
  stop(): Promise<void>;
  /** How many acknowledged writes are not in the database, and how many presets are there that nobody sent, or twice. Both have to be 0. */
  count(): Promise<{ lost: number; double: number }>;
}

/** Of the environment of a server that they write to. */
export const writerLimits = { ...noLimits, LIMIT_PRESETS_KEPT: String(mostPresets) };

interface Crowd {
  /** Who make presets. */
  makers?: number;
  /** Who change their preferences. */
  changers?: number;
  /** Of every request. */
  headers?: Record<string, string>;
}

interface Kept {
  theme: string;
  quality: number;
}

const themes = ['automatic', 'light', 'dark'];
const pauseMs = 15;

/**
 * @param url where the program or its proxy listens
 * @param database the same database, by another way
 */
export async function startWriters(
  url: string,
  database: Database,
  { makers = 16, changers = 3, headers = {} }: Crowd = {},
): Promise<Writers> {
  let isStopping = false;
  let figures = startFigures();
  let lastAckAt = performance.now();
  const registered: string[] = [];
  const people: Writer[] = [];
  const presetMakers: PresetMaker[] = [];
  // One after the other: only so many may sign in at once.
  for (let i = 0; i < changers; i++) people.push(await startPerson(url, database, headers));
  for (let i = 0; i < makers; i++) presetMakers.push(await startPresetMaker(url, database, headers));

  /** One request, timed and counted. */
  const attempt: Attempt = async (send) => {
    const startedAt = performance.now();
    const answer = await send().catch(() => null);
    const now = performance.now();
    figures.slowestMs = Math.max(figures.slowestMs, now - startedAt);
    if (answer === null) figures.broken += 1;
    else if (answer.status === 303 && answer.location.includes('done=')) {
      figures.acknowledged += 1;
      figures.longestGapMs = Math.max(figures.longestGapMs, now - lastAckAt);
      lastAckAt = now;
      return true;
    } else if (answer.status === 503 && answer.retryAfter !== '') figures.refused += 1;
    else {
      const words = `${answer.status} ${answer.location}`;
      figures.odd[words] = (figures.odd[words] ?? 0) + 1;
    }
    return false;
  };

  const change = async (writer: Writer): Promise<void> => {
    while (!isStopping) {
      const step = writer.attempts.length;
      const kept = { theme: themes[step % 3] ?? '', quality: (step % 100) + 1 };
      writer.attempts.push(kept);
      if (await attempt(() => sendPreferences(writer, kept))) writer.lastAck = step;
      await sleep(pauseMs);
    }
  };

  const register = async (): Promise<void> => {
    for (let i = 0; !isStopping; i++) {
      const email = `drill.${process.pid}.${i}.${Math.floor(performance.now())}@example.org`;
      if (await attempt(() => sendRegistration(createVisitor(url, headers), email))) registered.push(email);
      await sleep(pauseMs);
    }
  };

  const make = async (maker: PresetMaker): Promise<void> => {
    while (!isStopping) {
      await maker.makeOne(attempt);
      await sleep(pauseMs);
    }
  };

  const running = [...presetMakers.map(make), ...people.map(change), register()];
  return {
    takeFigures() {
      const taken = figures;
      taken.longestGapMs = Math.round(Math.max(taken.longestGapMs, performance.now() - lastAckAt));
      taken.slowestMs = Math.round(taken.slowestMs);
      figures = startFigures();
      return taken;
    },
    async stop() {
      isStopping = true;
      await Promise.all(running);
    },
    async count() {
      const presets = await Promise.all(presetMakers.map((maker) => maker.count()));
      let lost = presets.reduce((sum, counted) => sum + counted.lost, 0);
      for (const writer of people) {
        const rows = await database.query('SELECT preferences FROM users WHERE id = $1', [writer.person.id]);
        const found = (rows[0] as { preferences: Kept } | undefined)?.preferences;
        const possible = writer.attempts.slice(Math.max(0, writer.lastAck)); // the last one acknowledged, or a later one
        const isThere = possible.some(
          ({ theme, quality }) => found?.theme === theme && found.quality === quality,
        );
        if (writer.lastAck >= 0 && !isThere) lost += 1;
      }
      const rows = await database.query('SELECT email FROM users WHERE email = ANY($1)', [registered]);
      return {
        lost: lost + registered.length - rows.length,
        double: presets.reduce((sum, counted) => sum + counted.double, 0),
      };
    },
  };
}

interface Writer {
  visitor: Visitor;
  person: Person;
  token: string;
  attempts: Kept[];
  lastAck: number;
}

async function startPerson(
  url: string,
  database: Database,
  headers: Record<string, string>,
): Promise<Writer> {
  const person = await addPerson(database, 'drill');
  const visitor = await signIn({ url, database }, person, headers);
  const token = readToken((await visitor.get('/account')).body.toString());
  return { visitor, person, token, attempts: [], lastAck: -1 };
}

async function sendPreferences({ visitor, token }: Writer, { theme, quality }: Kept): Promise<Answered> {
  const others = { format: 'auto', detection: 'automatic', units: 'px', template: '{photo}' };
  const fields = { _csrf: token, theme, quality: String(quality), ...others };
  return readAnswer(await visitor.post('/account/preferences', fields));
}

async function sendRegistration(visitor: Visitor, email: string): Promise<Answered> {
  const page = await visitor.get('/register');
  if (page.status !== 200) return readAnswer(page);
  const html = page.body.toString();
  const work = await solve(html);
  const form = { ...readForm(html, '/register'), work, email, password: 'twelve ripe figs on a plate' };
  return readAnswer(await visitor.post('/register', form));
}

function readAnswer({ status, headers }: Awaited<ReturnType<Visitor['get']>>): Answered {
  return { status, location: headers.location ?? '', retryAfter: headers['retry-after'] ?? '' };
}

/** The proof of work, honestly done, with a pause now and then for the other writers. */
async function solve(html: string): Promise<string> {
  const read = (name: string) => new RegExp(`data-${name}="(\\w+)"`).exec(html)?.[1] ?? '';
  const [salt, challenge, limit] = [read('salt'), read('challenge'), Number(read('limit'))];
  for (let number = 0; number <= limit; number++) {
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === challenge) return String(number);
    if (number % 2000 === 0) await sleep(1);
  }
  return '';
}

function startFigures(): Figures {
  return { acknowledged: 0, refused: 0, broken: 0, odd: {}, slowestMs: 0, longestGapMs: 0 };
}
