/** What the legal pages state about this software. Tests compare each of these with the running system. */

/**
 * One row for each text of privacy and terms that was published, newest last: its date, and the SHA-256 of both texts as
 * the default configuration shows them. Who changes a text adds a row; test/server/pagesLegal.test.ts prints the hash.
 */
export const legalVersions: readonly { on: string; sha256: string }[] = [
  { on: '2026-11-21', sha256: 'cb9586c83e9f12a0d7c9375c8ff4cd867f275cc6be0d4e3e7062709e95047713' },
  { on: '2026-11-22', sha256: 'e7384fb9dbf67ce118c7ac840ebcbd81fd733ae361072facc2f8247d27d0130e' },
];

/** Periods that no configuration changes. */
export const fixedPeriods = {
  /** How long a form of somebody who is not signed in can be sent. */
  visitorHours: 2,
  captchaMinutes: 5,
  /** The longest window of a counter. */
  limitMinutes: 60,
};

/** The parts of this software that are switched on and hold something about a person, or ask somebody else. */
export const modules: readonly string[] = ['accounts'];

/** Every key that our scripts write to local storage, and when it goes. */
export const storageKeys: readonly { name: string; purpose: string; until: string }[] = [
  {
    name: 'allimgfit.settings',
    purpose:
      'the settings of the workspace: chosen specs, their fits and backgrounds, format, quality, names of files, units, ' +
      'how the focal point is found, how the wall is shown, and when you last changed them; and which preset the wall is ' +
      'of, with its format, quality and names of files and the versions of its specs',
    until: 'until you delete it',
  },
  { name: 'allimgfit.theme', purpose: 'light or dark, if you chose one', until: 'until you delete it' },
  {
    name: 'allimgfit.presets',
    purpose: 'the presets and custom sizes that you saved in this browser while you were signed out',
    until: 'until you delete it, or add them to your account',
  },
  {
    name: 'allimgfit.account',
    purpose:
      'while you are signed in, a copy of your preferences with the time of their last change, the specs of your wall, ' +
      'their fits and backgrounds, which preset it is of, with its format, quality and names of files and the versions of ' +
      'its specs, and a scrambled number that stands for the account',
    until: 'until you sign out',
  },
];

/** Every database that our scripts make in the browser, and when it goes. */
export const browserDatabases: readonly { name: string; purpose: string; until: string }[] = [
  {
    name: 'allimgfit.export',
    purpose:
      'while an export of 20 files or more runs: copies of its photos with their names, what you set for them and for the ' +
      'wall, the finished files, and if you are signed in a scrambled number that stands for the account, so that the ' +
      'export can go on after the page was closed',
    until:
      'at once when you cancel or discard it, or sign out; a minute after it was delivered, or at the next visit of the ' +
      'workspace if the page is closed before',
  },
];

/** What one line of the request log says, by the name of its field in the log. */
export const requestLogFields: readonly { name: string; words: string }[] = [
  { name: 'id', words: 'a random number of the request' },
  { name: 'method', words: 'its method' },
  {
    name: 'path',
    words: 'the path of the page without what follows a question mark',
  },
  { name: 'status', words: 'the status of the answer' },
  { name: 'ms', words: 'the milliseconds it took' },
  { name: 'aborted', words: 'whether it was broken off' },
  { name: 'time', words: 'and the time' },
];

/** What one line about an account says, by the name of its field in the log. */
export const auditLogFields: readonly { name: string; words: string }[] = [
  { name: 'event', words: 'what happened' },
  { name: 'id', words: 'the number of the request' },
  { name: 'account', words: 'a scrambled number that stands for the account' },
  { name: 'reason', words: 'why something was refused' },
  { name: 'time', words: 'and the time' },
];

/** Tables that hold nothing about a person. Every other table has to be in `storedTables`. */
export const impersonalTables: readonly string[] = ['migrations', 'readiness'];

/** A table that holds something about a person, with every column of it. */
export interface StoredTable {
  name: string;
  title: string;
  columns: readonly { name: string; words: string }[];
}

/** Both tables of what is kept under a name have the same. @param content what the person decided, in words */
function keptColumns(content: string): StoredTable['columns'] {
  return [
    { name: 'id', words: 'a random number' },
    { name: 'user_id', words: 'the number of your account' },
    {
      name: 'made_by',
      words: 'a random number of the form that made it, so that a form sent twice makes one',
    },
    { name: 'name', words: 'the name that you gave it' },
    { name: 'name_key', words: 'the same name in one spelling, so that no two of yours have the same one' },
    { name: 'content', words: content },
    { name: 'version', words: 'how often it was changed' },
    { name: 'created_at', words: 'when you made it' },
    { name: 'changed_at', words: 'when it was last changed' },
    { name: 'deleted_at', words: 'when you deleted it; empty while you keep it' },
  ];
}

export const storedTables: readonly StoredTable[] = [
  {
    name: 'users',
    title: 'Your account',
    columns: [
      { name: 'id', words: 'a random number that stands for the account' },
      { name: 'email', words: 'your e-mail address as you typed it' },
      {
        name: 'email_key',
        words: 'the same address in one spelling, so that no two accounts have the same one',
      },
      { name: 'password_hash', words: 'a one-way hash of your password; the password itself is not stored' },
      { name: 'pepper_version', words: 'which secret of the server that hash was made with' },
      {
        name: 'preferences',
        words:
          'your preferences: theme, format, quality, names of files, units, how the focal point is found',
      },
      { name: 'created_at', words: 'when you made the account' },
      { name: 'password_changed_at', words: 'when the password was last changed' },
      { name: 'preferences_changed_at', words: 'when the preferences were last changed' },
    ],
  },
  {
    name: 'presets',
    title: 'Each preset that you saved while signed in',
    columns: keptColumns(
      'its specs in their order, the fit and background, format, quality and names of files',
    ),
  },
  {
    name: 'custom_sizes',
    title: 'Each custom size that you saved while signed in',
    columns: keptColumns(
      'its size, fit and background, formats, quality, limits of the file, resolution, safe area and mask',
    ),
  },
  {
    name: 'sessions',
    title: 'Each browser in which you are signed in',
    columns: [
      { name: 'sid', words: 'the random number in the cookie' },
      { name: 'public_id', words: 'another random number, by which your account page names this entry' },
      { name: 'user_id', words: 'the number of your account' },
      { name: 'sess', words: 'room for settings of the session; nothing is kept in it' },
      { name: 'device', words: 'browser and system in words, such as “Firefox on Linux”' },
      { name: 'created_at', words: 'when you signed in' },
      { name: 'last_seen', words: 'when it was last used, noted at most once a minute' },
      { name: 'expires', words: 'when it ends' },
    ],
  },
  {
    name: 'captchas',
    title: 'Each check of a form that is still open',
    columns: [
      { name: 'id', words: 'a random number' },
      { name: 'kind', words: 'picture, question or computation' },
      { name: 'answer', words: 'what the answer is checked against' },
      { name: 'bound_to', words: 'a hash of the cookie of the browser that got it' },
      { name: 'expires_at', words: 'when it ends' },
    ],
  },
  {
    name: 'rate_limits',
    title: 'Counters against guessing',
    columns: [
      {
        name: 'key',
        words:
          'a keyed hash of a network address, an account, a session or a known browser: none can be read from it',
      },
      { name: 'hits', words: 'how many attempts were made' },
      { name: 'reset_at', words: 'when the counter starts anew' },
    ],
  },
];
