/** Below its opener where there is room, else where it fits; on a phone the style sheet makes it a sheet at the bottom. */
export function placePanel(panel: HTMLElement, at: HTMLElement): void {
  const near = at.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const gap = 8;
  const left = Math.max(gap, Math.min(near.left, innerWidth - width - gap));
  const below = near.bottom + gap;
  const top =
    below + height <= innerHeight - gap
      ? below
      : Math.max(gap, Math.min(near.top - height - gap, innerHeight - height - gap));
  panel.style.setProperty('--panel-left', `${left}px`);
  panel.style.setProperty('--panel-top', `${top}px`);
}
