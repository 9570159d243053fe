// Settings every feed has, to be spread into its own z.strictObject.
import { z } from 'zod';

/** `priority`: the higher one wins where two sources speak of one thing. `synthetic`: marks every row 演示数据. */
export const commonSettings = {
  crs: z.enum(['WGS-84', 'CGCS2000', 'GCJ-02', 'BD-09']).default('WGS-84'),
  priority: z.int().min(0).max(100).default(50),
  synthetic: z.boolean().default(false),
};

/**
 * Of feeds that ask over HTTP. `token`: what the source knows us by, sent to the addresses of the feed alone; null: it asks
 * nothing. `tokenHeader`: the header it stands in.
 */
export const credentialSettings = {
  token: z
    .string()
    .min(8)
    .max(400)
    .regex(/^[\x21-\x7e]+$/, 'letters, digits and signs of ASCII, no blanks')
    .nullable()
    .default(null),
  tokenHeader: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/, 'the name of a header, for example X-Api-Key')
    .default('Authorization'),
};

/** Settings of a polled feed. `url` may be relative to the base address of the upstream. */
export function pollSettings(url: string, periodS: number) {
  return {
    ...commonSettings,
    ...credentialSettings,
    url: z.string().min(1).max(2000).default(url),
    periodS: z.number().min(1).max(86_400).default(periodS),
  };
}

/** Settings of a feed that reads an MQTT topic. */
export function topicSettings(topic: string) {
  return { ...commonSettings, topic: z.string().min(1).max(200).default(topic) };
}

/**
 * Settings of a webhook. `key`: the shared secret of its signatures; without one every delivery is refused.
 * `keepAliveS`: the sender posts an empty list at least this often; null where it does not, and nobody can tell its
 * silence from a calm day.
 */
export const webhookSettings = {
  ...commonSettings,
  key: z.string().min(16).max(200).nullable().default(null),
  keepAliveS: z.number().min(5).max(86_400).nullable().default(60),
};
