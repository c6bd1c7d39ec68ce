/**
 * A speed bump before registering and signing in: one of three ways, each a row; all three are used up by the first answer,
 * right or wrong. The limits per address and account hold without it.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Query } from '../database/pool.ts';
import { isUuid } from '../database/uuid.ts';
import { drawPicture } from './captchaPicture.ts';
import { makeQuestion, readQuestionAnswer } from './captchaQuestions.ts';
import { makePictureText, type RandomInt, readPictureAnswer } from './captchaText.ts';
import { isSolved, makeWork, type Work, workLimit } from './captchaWork.ts';

const lifeMinutes = 5;

type Kind = 'image' | 'work' | 'question';

/** What one form shows: the visitor answers any one of the three. */
export interface CaptchaOffer {
  imageId: string;
  question: { id: string; text: string };
  work: Work & { id: string; limit: number };
}

/** One answer to one of them. */
export interface CaptchaAnswer {
  id: string;
  text: string;
}

export interface Captchas {
  /** @param boundTo `sessionKey(req)`: for no other session can it be drawn or spent */
  issue(boundTo: string): Promise<CaptchaOffer>;
  /** Draws a new text for the picture, which is the answer from now on; null when there is no such picture (any more). */
  draw(id: string, boundTo: string): Promise<string | null>;
  /**
   * Uses the form's three rows up, which were made in one moment, and says whether the answer was right and in time. Of
   * parallel answers to one row one at most is right.
   */
  spend(answer: CaptchaAnswer, boundTo: string): Promise<boolean>;
}

interface Settings {
  query: Query;
  /** Answers are kept as keyed hashes: a text of five letters could be guessed from a plain one. */
  secret: string;
  randomInt: RandomInt;
}

export function createCaptchas({ query, secret, randomInt }: Settings): Captchas {
  const key = createHmac('sha256', secret).update('captcha answers').digest();
  const hash = (id: string, text: string) => createHmac('sha256', key).update(`${id} ${text}`).digest('hex');
  return {
    async issue(boundTo) {
      const question = makeQuestion(randomInt);
      const work = makeWork(randomInt);
      const [imageId, questionId, workId] = [randomUUID(), randomUUID(), randomUUID()];
      await query(
        `INSERT INTO captchas (id, kind, answer, bound_to, expires_at)
         SELECT id, kind, answer, $7, now() + make_interval(mins => $8)
         FROM (VALUES ($1::uuid, 'image', ''), ($2::uuid, 'question', $4), ($3::uuid, 'work', $5 || ' ' || $6)) AS
           three (id, kind, answer)`,
        [
          imageId,
          questionId,
          workId,
          hash(questionId, question.answer),
          work.salt,
          work.challenge,
          boundTo,
          lifeMinutes,
        ],
      );
      return {
        imageId,
        question: { id: questionId, text: question.text },
        work: { ...work, id: workId, limit: workLimit },
      };
    },

    async draw(id, boundTo) {
      if (!isUuid(id)) return null;
      const text = makePictureText(randomInt);
      const rows = await query(
        `UPDATE captchas SET answer = $3
         WHERE id = $1 AND bound_to = $2 AND kind = 'image' AND expires_at > now()
         RETURNING id`,
        [id, boundTo, hash(id, text)],
      );
      return rows.length === 1 ? drawPicture(text, randomInt) : null;
    },

    async spend({ id, text }, boundTo) {
      if (!isUuid(id)) return false;
      const rows = await query(
        `WITH spent AS (
           DELETE FROM captchas WHERE id = $1 AND bound_to = $2 RETURNING kind, answer, expires_at
         ), others AS (
           SELECT id FROM captchas
           WHERE id <> $1 AND bound_to = $2 AND expires_at = (SELECT expires_at FROM spent)
           FOR UPDATE SKIP LOCKED -- a row that is being answered at this moment goes by itself; waiting for it could go round
         ), gone AS (DELETE FROM captchas USING others WHERE captchas.id = others.id)
         SELECT kind, answer, expires_at > now() AS "isFresh" FROM spent`,
        [id, boundTo],
      );
      const [row] = spentShape.parse(rows);
      return row?.isFresh === true && isRight(row, text, (typed) => hash(id, typed));
    },
  };
}

const kinds: [Kind, ...Kind[]] = ['image', 'work', 'question'];
const spentShape = z.array(z.object({ kind: z.enum(kinds), answer: z.string(), isFresh: z.boolean() }));

function isRight(
  row: { kind: Kind; answer: string },
  text: string,
  hash: (typed: string) => string,
): boolean {
  if (row.kind === 'work') {
    const [salt = '', challenge = ''] = row.answer.split(' ');
    return isSolved({ salt, challenge }, text);
  }
  const given = Buffer.from(hash(row.kind === 'image' ? readPictureAnswer(text) : readQuestionAnswer(text)));
  const wanted = Buffer.from(row.answer); // empty for a picture that was never drawn
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
