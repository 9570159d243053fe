// A browser as the server knows it: what it asks, with the cookie it was given last.

export class CookieBrowser {
  cookie = '';
  readonly #url: () => string;

  /** `url`: of the server now: it may be another after a restart. */
  constructor(url: () => string) {
    this.#url = url;
  }

  async call(
    method: string,
    address: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(`${this.#url()}${address}`, {
      method,
      headers: {
        cookie: this.cookie,
        // The clock jumps: a connection that is kept would be taken for an idle one.
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = answer.headers.get('set-cookie');
    if (set) this.cookie = set.split(';')[0] ?? '';
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  signIn(name: string, password: string, code?: string) {
    return this.call('POST', '/api/session', { name, password, ...(code === undefined ? {} : { code }) });
  }
}
