// How pushed events are signed: HMAC-SM3(key, timestamp + "." + nonce + "." + raw body), as docs/upstreams.md says.
import { createHmac } from 'node:crypto';

/** Value of the header X-Signature. `timestamp` is epoch seconds. */
export function signature(key: string, parts: { timestamp: string; nonce: string; body: Buffer }): string {
  const hmac = createHmac('sm3', key);
  hmac.update(`${parts.timestamp}.${parts.nonce}.`);
  hmac.update(parts.body);
  return `hmac-sm3=${hmac.digest('hex')}`;
}
