/** Row 80 of the security study: texts made to become markup or script, stored and sent wherever accounts have a text. */
import { expect, test } from 'vitest';
import { addPerson, signIn } from '../server/security/accountsApp.ts';
import { xssCorpus, xssEmails } from '../server/security/xssCorpus.ts';
import { openAccountsStage } from './accountsStage.ts';
import { expectInert, openWatched } from './inertTexts.ts';

const stage = openAccountsStage({ randomInt: () => 0 });

test('stored in address, devices and preferences, they stay text on the account page', async () => {
  expect(xssCorpus.length).toBeGreaterThanOrEqual(60);
  const alice = await addPerson(stage.app.database);
  const visitor = await signIn(stage.app, alice);
  await stage.app.database.query(
    `INSERT INTO sessions (sid, user_id, device, expires)
     SELECT 'a session of the corpus, number ' || at, $1, left(text, 120), now() + interval '1 hour'
     FROM unnest($2::text[]) WITH ORDINALITY AS corpus (text, at)`,
    [alice.id, xssCorpus],
  );
  const context = await stage.browser.newContext();
  await context.addCookies(
    [...visitor.cookies].map(([name, value]) => ({ name, value, url: stage.app.url })),
  );
  const { page, watch } = await openWatched(context, stage.app.url, [/status of 422/]);
  for (const text of [...xssCorpus, ...xssEmails]) {
    const preferences = {
      theme: text,
      format: text,
      quality: text,
      detection: text,
      units: text,
      template: text,
    };
    await stage.app.database.query('UPDATE users SET email = left($2, 254), preferences = $3 WHERE id = $1', [
      alice.id,
      text.padEnd(3, '.'),
      JSON.stringify(preferences),
    ]);
    await page.goto(`${stage.app.url}/account`);
    await expectInert(page, text);
    const shown = (value: string) => value.replace(/\s+/g, ' ').trim();
    expect(shown((await page.locator('.account__email').textContent()) ?? '')).toBe(
      shown(text.padEnd(3, '.').slice(0, 254)),
    );
  }
  expect(await page.locator('.session-list__row').count()).toBe(Math.min(xssCorpus.length + 1, 100));
  expect(watch.complaints).toEqual([]);
  await context.close();
}, 120_000);

test('typed into a form that is refused, they come back as text, put in by htmx and as a whole page', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await stage.browser.newContext({ javaScriptEnabled });
    const { page, watch } = await openWatched(context, stage.app.url, [/status of 422/]);
    await page.goto(`${stage.app.url}/sign-in`);
    for (const text of [...xssCorpus, ...xssEmails]) {
      const line = text.replace(/[\r\n]/g, ' ');
      await page.getByLabel('E-mail address').fill(line);
      await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.getByRole('button', { name: 'Sign in' }).click(),
      ]);
      await page.getByText(/^There (is a problem|are \d problems)$/).waitFor();
      await expect
        .poll(() => page.getByLabel('Password', { exact: true }).getAttribute('aria-invalid'))
        .toBe('true');
      if (javaScriptEnabled) await expectInert(page, text);
      else expect(await page.locator('#xss').count()).toBe(0);
    }
    expect(watch.complaints).toEqual([]);
    await context.close();
  }
}, 240_000);

test('as the name of a browser, they are not kept at all', async () => {
  const alice = await addPerson(stage.app.database);
  const lines = xssCorpus.filter((text) => /^[\x20-\x7e]*$/.test(text)).slice(0, 10);
  for (const text of lines)
    await signIn(stage.app, alice, { 'User-Agent': `Mozilla/5.0 Firefox/1 Linux ${text}` });
  const devices = await stage.app.database.query('SELECT DISTINCT device FROM sessions WHERE user_id = $1', [
    alice.id,
  ]);
  expect(devices).toEqual([{ device: 'Firefox on Linux' }]);
});
