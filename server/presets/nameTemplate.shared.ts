/** The template that names exported files: which placeholders it may have, and saying what is wrong with one. */

export const defaultTemplate = '{photo}-{spec}-{width}x{height}';

export const placeholders = ['photo', 'spec', 'group', 'width', 'height', 'format', 'index'] as const;

export type TemplateCheck = { ok: true } | { ok: false; reason: string };

export const longestTemplate = 200;

/** Says in words what is wrong with a template, for the form. */
export function checkTemplate(template: string): TemplateCheck {
  if (!template.trim()) return refuse(`Write a name for the files, for example ${defaultTemplate}.`);
  if (template.length > longestTemplate) {
    return refuse(`The name is ${template.length} characters long; at most ${longestTemplate} are possible.`);
  }
  if (/[/\\]/.test(template)) return refuse('A name cannot hold a slash: all files go into one folder.');
  const stray = template.replaceAll(/\{[^{}]*\}/g, '');
  if (/[{}]/.test(stray)) return refuse('A brace has no partner: write placeholders like {photo}.');
  for (const [whole, word] of template.matchAll(/\{([^{}]*)\}/g)) {
    if (!placeholders.some((known) => known === word)) {
      return refuse(
        `${whole} is not a placeholder. There are ${placeholders.map((p) => `{${p}}`).join(' ')}.`,
      );
    }
  }
  return { ok: true };
}

function refuse(reason: string): TemplateCheck {
  return { ok: false, reason };
}
