/** What the page says when a form was sent and no answer came. */

const words = {
  unreachable:
    'The server can’t be reached just now, so nothing was saved. What you typed is still here. Try again in a moment.',
  broken:
    'The connection broke off in the middle of the answer, so this may be saved or not. What you typed is still here: look in another tab before you send it again.',
};

const id = 'unanswered';

export function showUnanswered(why: keyof typeof words): void {
  hideUnanswered();
  const box = document.createElement('div');
  box.id = id;
  box.className = 'errors errors--page';
  box.setAttribute('role', 'alert');
  box.tabIndex = -1;
  const title = document.createElement('p');
  title.className = 'errors__title';
  title.textContent = words[why];
  box.append(title);
  document.querySelector('#main')?.prepend(box);
  box.focus();
}

export function hideUnanswered(): void {
  document.getElementById(id)?.remove();
}
