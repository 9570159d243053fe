// One entry of an append-only, hash-chained log. A record (incident, order, setting …) is the fold of its entries.
import { z } from 'zod';

export const logEntrySchema = z.strictObject({
  /** 1, 2, 3 … within one log; order is by sequence, never by time. */
  seq: z.number().int().positive(),
  world: z.string(),
  /** Who did it: a subject id, or 'system'. */
  subject: z.string(),
  /** City clock when we knew it, epoch ms UTC. */
  knownAt: z.number(),
  /** What happened, as `<noun>/<verb>`. */
  kind: z.string().regex(/^[a-z-]+\/[a-z-]+$/),
  body: z.json(),
  /** SHA-256 of the previous entry's canonical JSON, hex; 64 zeros for the first. */
  prevHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type LogEntry = z.infer<typeof logEntrySchema>;
