// The worlds of a server (docs/worlds.md): how they are listed, and what people may ask of one.
import { z } from 'zod';

/** Kinds that people can make; there is always one live world. */
export const madeKinds = ['demo', 'drill'] as const;
export type MadeKind = (typeof madeKinds)[number];

/** The id of the world that real feeds write; where nothing else is asked for, it is meant. */
export const LIVE_WORLD = 'live';

/** Beside the live one. */
export const MOST_WORLDS = 4;

export const worldStates = ['starting', 'running', 'paused', 'seeking', 'ended', 'failed'] as const;
export type WorldState = (typeof worldStates)[number];

/** Seconds of the world in one second of life. */
export const SLOWEST = 1 / 8;
export const FASTEST = 600;

const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use kebab-case, for example "storm-to-stand-down"');
const speed = z.number().min(SLOWEST).max(FASTEST);

/** POST /api/worlds. */
export const newWorldSchema = z.strictObject({
  kind: z.enum(madeKinds),
  /** Of scenes/scenarios/; null: the simulated city goes its usual way from now on. */
  scenario: slug.nullable(),
  /** How many objects the simulated city has, as a factor; absent: what the scenario says, else 0.1. */
  scale: z.number().min(0.01).max(20).optional(),
  speed: speed.default(1),
});
export type NewWorld = z.output<typeof newWorldSchema>;

/** POST /api/worlds/:id/clock. Forward runs fast, in lock-step; backward is a clean start that then runs forward. */
export const worldClockSchema = z
  .strictObject({
    speed: speed.optional(),
    paused: z.boolean().optional(),
    /** Seconds after the start of the scenario. */
    toS: z
      .number()
      .min(0)
      .max(366 * 86_400)
      .optional(),
  })
  .refine((asked) => Object.values(asked).some((value) => value !== undefined), 'say speed, paused or toS');
export type WorldClockRequest = z.output<typeof worldClockSchema>;

/** One entry of GET /api/worlds, and the answer of every POST. */
export const worldFactsSchema = z.strictObject({
  id: z.string().min(1).max(40),
  kind: z.enum(['live', ...madeKinds]),
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  scenario: slug.nullable(),
  state: z.enum(worldStates),
  /** Why it failed; null otherwise. */
  reason: z.string().nullable(),
  clock: z.strictObject({
    /** Epoch ms UTC, on the clock of this world. */
    at: z.number(),
    /** Seconds of the world in one second of life, as asked for; a machine that is too slow lags behind. */
    speed: z.number(),
    paused: z.boolean(),
    /** Epoch ms UTC; null: the live world has no beginning, and a world without scenario no end. */
    startAt: z.number().nullable(),
    endAt: z.number().nullable(),
  }),
});
export type WorldFacts = z.output<typeof worldFactsSchema>;
