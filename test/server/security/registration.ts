/** Registering through the form, for tests. */
import type { Answer } from '../http/request.ts';
import { type AccountsApp, solveCheck } from './accountsApp.ts';
import { createVisitor, readForm, type Visitor } from './visitor.ts';

type App = Pick<AccountsApp, 'url' | 'database'>;

let addresses = 0;

export function newEmail(): string {
  addresses += 1;
  return `carol.${addresses}@example.org`;
}

/**
 * Opens the form, passes the check against robots and sends it.
 * @param fields a valid form, with these changed
 * @param more sent behind the fields as it is, in place of the password
 */
export async function sendRegistration(
  app: App,
  fields: Record<string, string>,
  more?: string,
): Promise<{ answer: Answer; email: string; visitor: Visitor }> {
  const visitor = createVisitor(app.url);
  const form = readForm((await visitor.get('/register')).body.toString(), '/register');
  await solveCheck(app.database, form);
  const { password, ...rest } = { ...form, email: newEmail(), password: 'seven plums in a bowl', ...fields };
  const answer =
    more === undefined
      ? await visitor.post('/register', { ...rest, password })
      : await visitor.post('/register', new URLSearchParams(rest).toString() + more);
  return { answer, email: rest.email, visitor };
}

/** The address of a new account with that password. */
export async function registered(app: App, password: string): Promise<string> {
  const { answer, email } = await sendRegistration(app, { password });
  if (answer.status !== 303) throw new Error(`Not registered: ${answer.status}\n${answer.body}`);
  return email;
}
