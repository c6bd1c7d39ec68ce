/** Accounts in a real browser: with script and without, with each of the three checks, by keyboard alone. */
import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { makeQuestion } from '../../server/auth/captchaQuestions.ts';
import { makePictureText } from '../../server/auth/captchaText.ts';
import { addPerson, type Person } from '../server/security/accountsApp.ts';
import { newEmail } from '../server/security/registration.ts';
import { openAccountsStage } from './accountsStage.ts';
import { axeViolations, overflowing } from './audit.ts';
import { tabTo } from './keyboard.ts';
import type { Watch } from './watchPage.ts';

/** Captchas drawn with it are known: `AAAAA`, and the first question. */
const first = () => 0;
const password = 'seven plums in a bowl';

const stage = openAccountsStage({ randomInt: first });

/** Chromium prints one line for a form that was refused; that is what was asked for. */
const refusals = /status of 4(22|03)/;

async function visit(
  options: BrowserContextOptions,
  look: (page: Page, watch: Watch) => Promise<void>,
): Promise<void> {
  await stage.visit({ allow: [refusals], ...options }, ({ page, watch }) => look(page, watch));
}

async function fillIn(page: Page, { email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
}

async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto(`${stage.app.url}/sign-in`);
  await fillIn(page, person);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/account');
}

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');

describe('registering', () => {
  test('with script the browser does the check by itself', async () => {
    await visit({}, async (page) => {
      await page.goto(`${stage.app.url}/register`);
      await page.getByText('Done by your browser.').waitFor();
      await fillIn(page, { email: newEmail(), password });
      await page.getByRole('button', { name: 'Register' }).click();
      await page.waitForURL('**/account?done=registered');
      expect(await page.getByRole('status').textContent()).toBe(
        'Your account is ready, and you are signed in.',
      );
    });
  });

  test('a form that is sent before the check is done waits for it, and is sent once', async () => {
    await visit({}, async (page, watch) => {
      await page.addInitScript(() => {
        const digest = crypto.subtle.digest.bind(crypto.subtle);
        crypto.subtle.digest = (...words) => new Promise((go) => setTimeout(() => go(digest(...words)), 800));
      });
      await page.goto(`${stage.app.url}/register`);
      await fillIn(page, { email: newEmail(), password });
      await page.getByRole('button', { name: 'Register' }).click();
      await page.waitForURL('**/account?done=registered');
      expect(watch.requests.filter((line) => line === 'POST /register')).toHaveLength(1);
    });
  });

  test('a form that stood open for longer than the check lasts gets a new one by itself', async () => {
    await visit({}, async (page) => {
      await page.clock.install();
      await page.goto(`${stage.app.url}/register`);
      await fillIn(page, { email: newEmail(), password });
      await page.getByText('Done by your browser.').waitFor();
      await stage.app.database.query('DELETE FROM captchas');
      await page.clock.fastForward('06:00');
      await page.getByRole('button', { name: 'Register' }).click();
      await page.waitForURL('**/account?done=registered');
    });
  });

  test('where the browser has no hashing the other ways are opened, with a word why', async () => {
    await visit({}, async (page) => {
      await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
      await page.goto(`${stage.app.url}/register`);
      await page.getByText('Your browser can’t do it here.').waitFor();
      await fillIn(page, { email: newEmail(), password });
      await page.getByLabel('What is').fill(makeQuestion(first).answer);
      await page.getByRole('button', { name: 'Register' }).click();
      await page.waitForURL('**/account?done=registered');
    });
  });

  test('by the picture, also after a new one was asked for', async () => {
    await visit({}, async (page) => {
      await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
      await page.goto(`${stage.app.url}/register`);
      const picture = page.getByAltText('Five letters or digits');
      await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(240);
      const before = await picture.getAttribute('src');
      await page.getByRole('button', { name: 'New picture' }).click();
      await expect.poll(() => picture.getAttribute('src')).not.toBe(before);
      await expect
        .poll(() => page.evaluate(() => document.activeElement?.getAttribute('name')))
        .toBe('picture');
      await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete)).toBe(true);
      await page.keyboard.type(makePictureText(first).toLowerCase());
      await fillIn(page, { email: newEmail(), password });
      await page.getByRole('button', { name: 'Register' }).click();
      await page.waitForURL('**/account?done=registered');
    });
  });

  test('with script off by the question, after a mistake, which keeps what was typed but the password', async () => {
    await visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${stage.app.url}/register`);
      expect(await page.getByAltText('Five letters or digits').isVisible()).toBe(true);
      const email = newEmail();
      await fillIn(page, { email, password: 'short' });
      await page.getByRole('button', { name: 'Register' }).click();
      await expect.poll(() => page.title()).toBe('Error · Register · All Img Fit');
      expect(await page.getByLabel('E-mail address').inputValue()).toBe(email);
      expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('');
      await page.getByRole('link', { name: 'Use at least 12 characters.' }).click();
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByLabel('What is').fill(makeQuestion(first).answer);
      await page.getByRole('button', { name: 'Register' }).click();
      await page.waitForURL(`${stage.app.url}/account?done=registered`);
    });
  });
});

test('a refused form is put in without a reload: focus on what to mend, its links lead to the fields, then it goes through', async () => {
  await visit({}, async (page, watch) => {
    await page.goto(`${stage.app.url}/register`);
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    await fillIn(page, { email: 'nobody', password: 'short' });
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('There are 2 problems').waitFor();
    expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
    await expect.poll(() => page.title()).toBe('Error · Register · All Img Fit');
    await expect.poll(() => focusedText(page)).toContain('There are 2 problems');
    await page.getByRole('link', { name: 'This is not an e-mail address.' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('register-email');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByText('Done by your browser.').waitFor();
    await fillIn(page, { email: newEmail(), password });
    await page.getByRole('button', { name: 'Register' }).click();
    await page.waitForURL('**/account?done=registered');
    expect(watch.requests.filter((line) => line === 'POST /register')).toHaveLength(2);
  });
});

test('the password can be shown and hidden, and pasted', async () => {
  await visit({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await page.goto(`${stage.app.url}/sign-in`);
    const field = page.getByLabel('Password', { exact: true });
    await page.evaluate((text) => navigator.clipboard.writeText(text), password);
    await field.focus();
    await page.keyboard.press('ControlOrMeta+v');
    await expect.poll(() => field.inputValue()).toBe(password);
    const button = page.getByRole('button', { name: 'Show the password' });
    await button.click();
    expect([await field.getAttribute('type'), await button.getAttribute('aria-pressed')]).toEqual([
      'text',
      'true',
    ]);
    await button.click();
    expect([await field.getAttribute('type'), await button.getAttribute('aria-pressed')]).toEqual([
      'password',
      'false',
    ]);
  });
});

test('the whole life of an account: change the password, end the other session, export, delete', async () => {
  const alice = await addPerson(stage.app.database);
  await visit({}, (other) => signIn(other, alice));
  await visit({ acceptDownloads: true }, async (page) => {
    await signIn(page, alice);
    expect(await page.locator('.session-list__row').count()).toBe(2);
    await page.getByRole('button', { name: 'End the session' }).click();
    await page.getByText('The session has ended.').waitFor();
    await expect.poll(() => page.locator('.session-list__row').count()).toBe(1);

    const open = (section: string) => page.locator(`#${section} summary`).click();
    const field = (section: string, name: string) => page.locator(`#${section} [name="${name}"]`);
    await open('password');
    await field('password', 'current_password').fill(alice.password);
    await field('password', 'new_password').fill(password);
    await page.locator('#password .form__go').click();
    await page.getByText('Your password is changed.').waitFor();

    await open('export');
    await field('export', 'current_password').fill(password);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#export .form__go').click(),
    ]);
    const file = JSON.parse(await readFile(await download.path(), 'utf8'));
    expect(file.account.email).toBe(alice.email);

    await open('delete');
    await field('delete', 'current_password').fill('not my password');
    await page.locator('#delete .form__go').click();
    await page.getByText('There is a problem').waitFor();
    await field('delete', 'current_password').fill(password);
    await page.locator('#delete .form__go').click();
    await page.getByText('Your account is deleted').waitFor();
    await page.goto(`${stage.app.url}/account`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });
});

test('by keyboard alone: sign in, save preferences, sign out', async () => {
  const alice = await addPerson(stage.app.database);
  await visit({}, async (page) => {
    await page.goto(`${stage.app.url}/sign-in`);
    await tabTo(page, /^E-mail address/);
    await page.keyboard.type(alice.email);
    await tabTo(page, /^Password/);
    await page.keyboard.type(alice.password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/account');
    await tabTo(page, /^Quality/);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('55');
    await page.keyboard.press('Enter');
    await page.getByText('Your preferences are saved.').waitFor();
    await expect.poll(() => page.getByLabel('Quality').inputValue()).toBe('55');
    await page.keyboard.press('Shift+Tab'); // from the notice, which has the focus
    await page.keyboard.press('Enter');
    await page.getByText('You are signed out.').waitFor();
  });
});

test('row 83: going back after signing out shows nothing of the account', async () => {
  const alice = await addPerson(stage.app.database);
  await visit({}, async (page) => {
    await signIn(page, alice);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    await page.goBack();
    expect(await page.content()).not.toContain(alice.email);
    await expect.poll(() => page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test.each(['/register', '/sign-in', '/account'])(
    '%s has no axe violation and fits at every width, also with everything open',
    async (path) => {
      const alice = await addPerson(stage.app.database);
      await visit({ colorScheme }, async (page) => {
        if (path === '/account') await signIn(page, alice);
        await page.goto(stage.app.url + path);
        for (const isOpen of [false, true]) {
          if (isOpen)
            await page.evaluate(() => {
              for (const details of document.querySelectorAll('details')) details.open = true;
            });
          for (const width of [1440, 1024, 390, 320]) {
            await page.setViewportSize({ width, height: 900 });
            expect(await overflowing(page), `at ${width} px`).toEqual([]);
            expect(await axeViolations(page), `at ${width} px`).toEqual([]);
          }
        }
      });
    },
  );
});
