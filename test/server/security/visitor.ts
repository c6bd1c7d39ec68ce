/** A browser without a screen: keeps cookies, fills forms in, sends the headers that tell where a request comes from. */
import { type Answer, request } from '../http/request.ts';

type Headers = Record<string, string>;

export interface Visitor {
  /** The cookies as they would be sent next, by name. May be changed. */
  cookies: Map<string, string>;
  get(address: string, headers?: Headers): Promise<Answer>;
  /** Sends fields as a form of our own page would; a string is sent as it is. */
  post(address: string, fields: Headers | string, headers?: Headers): Promise<Answer>;
  /** Opens the page, finds the form with that action, fills it in and sends it. */
  submit(page: string, action: string, fields: Headers): Promise<Answer>;
}

/** @param defaults headers of every request, such as X-Forwarded-For */
export function createVisitor(origin: string, defaults: Headers = {}): Visitor {
  const cookies: Visitor['cookies'] = new Map();
  const send = async (method: string, address: string, headers: Headers, body?: string) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = { ...defaults, ...(cookie !== '' && { Cookie: cookie }), ...headers };
    const answer = await request(origin, address, {
      method,
      headers: sent,
      ...(body !== undefined && { body }),
    });
    for (const line of answer.headers['set-cookie'] ?? []) keepCookie(cookies, line);
    return answer;
  };
  const visitor: Visitor = {
    cookies,
    get: (address, headers = {}) => send('GET', address, headers),
    post(address, fields, headers = {}) {
      const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
      const own = {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': String(Buffer.byteLength(body)),
        'Sec-Fetch-Site': 'same-origin',
      };
      return send('POST', address, { ...own, ...headers }, body);
    },
    async submit(page, action, fields) {
      const html = (await visitor.get(page)).body.toString();
      return visitor.post(action, { ...readForm(html, action), ...fields });
    },
  };
  return visitor;
}

/** The names and values that a form would send if nobody typed anything: the form with that action, or that of the button with it. */
export function readForm(html: string, action: string): Headers {
  const forms = html.match(/<form\b[\s\S]*?<\/form>/g) ?? [];
  const holds = (name: string, value: string) => (text: string) =>
    attribute(text.slice(0, text.indexOf('>')), name) === value;
  const button = (html.match(/<button\b[^>]*>/g) ?? []).find(holds('formaction', action)) ?? '';
  const form = forms.find(button === '' ? holds('action', action) : holds('id', attribute(button, 'form')));
  if (form === undefined) throw new Error(`No form is sent to ${action}:\n${html}`);
  const inputs = (form.match(/<input\b[^>]*>/g) ?? []).filter((input) => {
    const isTicked = /\schecked\b/.test(input) || !/type="(radio|checkbox)"/.test(input);
    return isTicked && attribute(input, 'name') !== '';
  });
  const fields = inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]);
  const chosen = [...form.matchAll(/(<select\b[^>]*>)([\s\S]*?)<\/select>/g)].map(
    ([, select = '', options = '']) => {
      return [
        attribute(select, 'name'),
        attribute(/<option\b[^>]*\sselected\b[^>]*>/.exec(options)?.[0] ?? '', 'value'),
      ];
    },
  );
  const pressed = [[attribute(button, 'name'), attribute(button, 'value')]].filter(([name]) => name !== '');
  return Object.fromEntries([...fields, ...chosen, ...pressed]);
}

/** The token of the first form on a page. */
export function readToken(html: string): string {
  const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1];
  if (token === undefined) throw new Error(`No token:\n${html}`);
  return unescapeHtml(token);
}

function attribute(tag: string, name: string): string {
  return unescapeHtml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function unescapeHtml(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#34|#39);/g, (entity) => entities[entity] ?? entity);
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
};

function keepCookie(cookies: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
  if (/;\s*Max-Age=0|;\s*Expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
  else cookies.set(name, value);
}
