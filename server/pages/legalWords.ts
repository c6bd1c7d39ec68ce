/** What the legal pages print, from the configuration: who runs the server, the cookies, and each period in words. */
import type { Config } from '../config.ts';
import { fixedPeriods, storedTables } from './legalFacts.ts';
import { daysWords, hoursWords, knownDeviceDays, minutesWords } from './periods.shared.ts';

export type LegalSettings = Pick<
  Config,
  'publicUrl' | 'operator' | 'sessionIdleHours' | 'sessionMaxDays' | 'retention'
>;

export function describeOperator({ operator: { name, contact, jurisdiction } }: LegalSettings) {
  return {
    name: name ?? 'the person or organisation that runs this server',
    contact: contact === null ? null : { text: contact, href: linkOf(contact) },
    jurisdiction,
  };
}

/** Something that can be followed, or null: a postal address stays text. */
function linkOf(contact: string): string | null {
  if (/^https?:\/\/\S+$/.test(contact)) return contact;
  return /^[^\s@<>"?&]+@[^\s@<>"?&]+\.[^\s@<>"?&]+$/.test(contact) ? `mailto:${contact}` : null;
}

/** @param names as the server sets them */
export function describeCookies(
  { sessionIdleHours, sessionMaxDays }: LegalSettings,
  names: { session: string; known: string },
) {
  const session = {
    name: names.session,
    purpose:
      'A random number, signed. Before you sign in it protects the forms: the server accepts it for ' +
      `${hoursWords(fixedPeriods.visitorHours)}, the browser forgets it when it is closed, and the database does not ` +
      'know it. When you sign in, a new one says who you are: the browser keeps it for ' +
      `${daysWords(sessionMaxDays)} at most, and the server ends it after ${hoursWords(sessionIdleHours)} without use.`,
  };
  const known = {
    name: names.known,
    purpose:
      'A random number for this browser, a scrambled number that stands for the account and the time, signed. It is set when ' +
      'you register, sign in or change your e-mail address, and knows this browser again, so that nobody else can use up your tries at the ' +
      `password. It lets nobody in, and the database does not know it. It lasts ${daysWords(knownDeviceDays)} from the last time ` +
      'it was set, also when you sign out; it goes when you delete the account, or when you delete it in the browser.',
  };
  return [session, known];
}

/** The tables that hold something about a person, each with how long a row stays. */
export function describeTables(settings: LegalSettings) {
  const { retention, sessionIdleHours, sessionMaxDays } = settings;
  const kept: Record<string, string> = {
    users: 'Kept until you delete the account.',
    presets: `Kept until you delete it or the account. ${restorableWords(retention.deletedDays, 'deleted preset')}`,
    custom_sizes: `Kept until you delete it or the account. ${restorableWords(retention.deletedDays, 'deleted custom size')}`,
    sessions:
      `Ends ${hoursWords(sessionIdleHours)} after it was last used and ${daysWords(sessionMaxDays)} after it began at ` +
      `the latest, or when you end it. ${deletedWords(retention.expiredSessionsHours)}`,
    captchas: `Ends when it is answered, and after ${minutesWords(fixedPeriods.captchaMinutes)} at the latest. ${deletedWords(retention.expiredCaptchasHours)}`,
    rate_limits: `Starts anew after ${minutesWords(fixedPeriods.limitMinutes)} at the latest. ${deletedWords(retention.expiredLimitsHours)}`,
  };
  return storedTables.map((table) => ({ ...table, kept: kept[table.name] ?? '' }));
}

function deletedWords(hours: number): string {
  return hours === 0
    ? 'After its end it is deleted at the next clearing.'
    : `After its end it is kept for ${hoursWords(hours)}, and deleted at the next clearing.`;
}

function restorableWords(days: number, what: string): string {
  return days === 0
    ? `A ${what} is gone at the next clearing.`
    : `A ${what} can be brought back for ${daysWords(days)}, and is gone at the next clearing after that, or sooner if you delete many.`;
}

/** The same periods and the others as one list. */
export function listPeriods({ sessionIdleHours, sessionMaxDays, retention }: LegalSettings) {
  const after = (hours: number) => (hours === 0 ? '' : `, and ${hoursWords(hours)} after that`);
  return [
    { what: 'Account and preferences', words: 'until you delete the account' },
    {
      what: 'Presets and custom sizes',
      words:
        retention.deletedDays === 0
          ? 'until you delete them or the account'
          : `until you delete them, and ${daysWords(retention.deletedDays)} after that at the most; gone at once with the account`,
    },
    {
      what: 'Sessions',
      words:
        `${hoursWords(sessionIdleHours)} without use, ${daysWords(sessionMaxDays)} in all` +
        `${after(retention.expiredSessionsHours)}; gone at once when you sign out or end them`,
    },
    {
      what: 'Checks of forms',
      words: `${minutesWords(fixedPeriods.captchaMinutes)}${after(retention.expiredCaptchasHours)}; gone at once when answered`,
    },
    {
      what: 'Counters',
      words: `${minutesWords(fixedPeriods.limitMinutes)}${after(retention.expiredLimitsHours)}`,
    },
    { what: 'Clearing', words: `what is over is deleted every ${minutesWords(retention.purgeEveryMinutes)}` },
  ];
}
