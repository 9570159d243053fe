// How messages leave the city: which gateway carries what, to which hosts, with keys of the environment (docs/outbound.md).
import { z } from 'zod';

const gateway = z.enum(['file', 'webhook']);
const url = z.url({ protocol: /^https?$/ });

export const outboundSchema = z
  .strictObject({
    /** file: one JSON file for each message in <data folder>/<city>/outbox, for a program of yours. */
    reply: gateway.default('file'),
    notice: z.enum(['file', 'webhook', 'sms']).default('file'),
    push: gateway.default('file'),
    /** Public statements, to whatever publishes them. */
    statement: gateway.default('file'),
    webhook: z
      .strictObject({
        /** For recipients without an address of their own. */
        url: url.optional(),
        keyEnv: z.string().min(1).default('COCKPIT_OUTBOUND_KEY'),
      })
      .prefault({}),
    sms: z
      .strictObject({
        url: url.optional(),
        tokenEnv: z.string().min(1).default('COCKPIT_SMS_TOKEN'),
        /** What the gateway calls the number, the text and the once-only id. */
        fields: z
          .strictObject({
            to: z.string().min(1).default('phone'),
            text: z.string().min(1).default('content'),
            key: z.string().min(1).default('requestId'),
          })
          .prefault({}),
        /** Where its answer says its own id, with dots between names. */
        reference: z.string().min(1).default('id'),
      })
      .prefault({}),
    /** The only hosts that messages go to: host, or host:port. */
    hosts: z.array(z.string().regex(/^[a-z0-9.:[\]-]+$/, 'host or host:port, in small letters')).default([]),
    /** Recipient → telephone number, or address of a webhook. */
    addresses: z.record(z.string(), z.string().min(1)).default({}),
    timeoutS: z.number().min(1).max(60).default(10),
    /** Key that gateways sign receipts with. */
    receiptKeyEnv: z.string().min(1).default('COCKPIT_RECEIPT_KEY'),
  })
  .prefault({});

export interface OutboundSettings extends z.output<typeof outboundSchema> {
  /** null: not set. Never shown. */
  readonly webhookKey: string | null;
  readonly smsToken: string | null;
  readonly receiptKey: string | null;
}

/** With the secrets. @throws Error naming what a chosen gateway lacks */
export function resolveOutbound(
  settings: z.output<typeof outboundSchema>,
  env: Readonly<Record<string, string | undefined>>,
): OutboundSettings {
  const { reply, notice, push, statement, webhook, sms, hosts, addresses } = settings;
  const resolved = {
    ...settings,
    webhookKey: env[webhook.keyEnv] || null,
    smsToken: env[sms.tokenEnv] || null,
    receiptKey: env[settings.receiptKeyEnv] || null,
  };
  const lacks = (what: string): never => {
    throw new Error(`outbound: ${what}`);
  };
  if ([reply, notice, push, statement].includes('webhook') && resolved.webhookKey === null)
    lacks(`gateway webhook needs a key in the environment variable ${webhook.keyEnv}`);
  if (notice === 'sms') {
    if (sms.url === undefined) lacks('gateway sms needs sms.url');
    if (resolved.smsToken === null)
      lacks(`gateway sms needs a token in the environment variable ${sms.tokenEnv}`);
  }
  const named = [webhook.url, sms.url, ...Object.values(addresses).filter((one) => /^https?:/.test(one))];
  for (const address of named) {
    const host = address === undefined ? undefined : URL.parse(address)?.host;
    if (host !== undefined && !hosts.includes(host))
      lacks(`host ${host} is not in outbound.hosts: add it there`);
  }
  return resolved;
}
