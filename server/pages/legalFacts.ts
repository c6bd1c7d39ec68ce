/** What the legal pages state about this software. Tests compare each of these with the running system. */

/** ISO date of the last change to the privacy text or the terms. */
export const legalUpdatedOn = '2026-11-21';

/** Every key that our scripts write to local storage. */
export const storageKeys: readonly { name: string; purpose: string }[] = [
  {
    name: 'allimgfit.settings',
    purpose:
      'the settings of the workspace: chosen specs, fit and background, format, quality, names of files, ' +
      'how the focal point is found and how the wall is shown',
  },
  { name: 'allimgfit.theme', purpose: 'light or dark, if you chose one' },
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
