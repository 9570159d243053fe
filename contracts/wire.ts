// The socket protocol: every message either side may send, as schemas. Frames travel in binary packets (packet.ts).
import { z } from 'zod';
import { labels } from './column.ts';

/** Raised when an older client could misread a message. */
export const PROTOCOL = 1;

/** Seconds between two frames of a stream: live, calm, overview. */
export const rateSteps = [1, 5, 30] as const;
export type RateStep = (typeof rateSteps)[number];
const rateStep = z.union([z.literal(1), z.literal(5), z.literal(30)]);

export const worldKinds = ['live', 'drill', 'demo', 'recording', 'branch'] as const;
export const worldSchema = z.strictObject({
  id: z.string().min(1).max(40),
  kind: z.enum(worldKinds),
  parent: z.string().max(40).nullable(),
});
export type World = z.infer<typeof worldSchema>;

/** Server → client, once after connecting. */
export const helloSchema = z.strictObject({
  protocol: z.number().int(),
  build: z.string(),
  city: z.string(),
  world: worldSchema,
  /** The stream classes this subject may read. */
  labels: z.array(z.enum(labels)),
  layers: z.array(z.strictObject({ slug: z.string(), schema: z.number().int() })),
  /** Codes of the cells streams are cut into; 'out' holds rows outside every county. */
  cells: z.array(z.string()),
  tick: z.number().int(),
  tickMs: z.number().int(),
  /** City clock, epoch ms UTC. */
  at: z.number(),
  /** When this server process started, epoch ms UTC. */
  startedAt: z.number(),
  demo: z.boolean(),
});
export type Hello = z.infer<typeof helloSchema>;

/** Client → server. `since`: the last tick the client holds, to resume with the gap instead of key frames. */
export const subscribeSchema = z.strictObject({
  world: z.string().max(40),
  streams: z
    .array(
      z.strictObject({
        layer: z.string().max(60),
        cells: z.union([z.literal('*'), z.array(z.string().max(20)).max(64)]),
        rateS: rateStep,
      }),
    )
    .max(200),
  since: z.number().int().nullable(),
});
export type Subscribe = z.infer<typeof subscribeSchema>;

/** The answer to `subscribe`: what is streamed now, and what was refused and why. */
export const subscribedSchema = z.strictObject({
  tick: z.number().int(),
  resumed: z.boolean(),
  refused: z.array(z.strictObject({ layer: z.string(), code: z.string(), message: z.string() })),
});
export type Subscribed = z.infer<typeof subscribedSchema>;

/** Client → server, the back-pressure signal: everything up to this tick is in its tables. When it is due: receipts.ts. */
export const appliedSchema = z.number().int().nonnegative();

/** Server → client: ticks this client was not sent because it was slow; a key frame follows. */
export const skippedSchema = z.strictObject({
  fromTick: z.number().int(),
  toTick: z.number().int(),
  reason: z.string(),
});
export type Skipped = z.infer<typeof skippedSchema>;

/**
 * Server → client in every second without frames, and at least every ten. Two seconds without frames or beat: the
 * server is gone. `speed`, `paused`: how the clock of this world goes; absent: with the clock on the wall.
 */
export const clockSchema = z.strictObject({
  at: z.number(),
  tick: z.number().int(),
  speed: z.number().positive().optional(),
  paused: z.boolean().optional(),
});
export type ClockBeat = z.infer<typeof clockSchema>;

export const wireErrorSchema = z.strictObject({ code: z.string(), message: z.string() });
export type WireError = z.infer<typeof wireErrorSchema>;

/** Event names on the socket; payloads as above, `frames` is one binary packet. */
export const wireEvents = {
  hello: 'hello',
  subscribe: 'subscribe',
  unsubscribe: 'unsubscribe',
  frames: 'frames',
  applied: 'applied',
  skipped: 'skipped',
  clock: 'clock',
  error: 'fault',
} as const;
