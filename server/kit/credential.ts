// What a feed shows of itself to the source it asks: a token in a header, to the addresses of its settings and to no other.

/** Headers for a request to this absolute address; empty: nothing is shown there. */
export type Credential = (url: string) => Readonly<Record<string, string>>;

export const noCredential: Credential = () => ({});

const isAddress = (name: string): boolean => name === 'url' || name.endsWith('Url');

/** In `authorization` it is a bearer token (RFC 6750); another header holds it as it is. `base`: of relative addresses. */
export function credentialOf(settings: unknown, base: string | null): Credential {
  const held = (settings ?? {}) as Readonly<Record<string, unknown>>;
  const { token, tokenHeader } = held;
  if (typeof token !== 'string' || typeof tokenHeader !== 'string') return noCredential;
  const origins = new Set(
    Object.entries(held).flatMap(([name, value]) => {
      const address =
        isAddress(name) && typeof value === 'string' ? URL.parse(value, base ?? undefined) : null;
      return address ? [address.origin] : [];
    }),
  );
  const name = tokenHeader.toLowerCase();
  const headers = { [name]: name === 'authorization' ? `Bearer ${token}` : token };
  return (url) => (origins.has(URL.parse(url)?.origin ?? '') ? headers : {});
}
