// What the actions on incidents and on their tasks have in common: an id the client made, what it had seen, and parts of
// what is said.
import { z } from 'zod';

/** Made by the client, once for what somebody meant once: a UUID is good. */
const action = z.string().regex(/^[\w-]{8,64}$/, '8 to 64 letters, digits, hyphens');
/** When it was done, epoch ms; absent: now. */
const happenedAt = z.int().positive().optional();
export const base = { action, happenedAt };
/** Sequence of the last entry the client knew of. */
const seen = z.int().positive();

export const acted = <S extends z.core.$ZodShape>(shape: S) => z.strictObject({ ...base, seen, ...shape });

export const reason = z.string().trim().min(1).max(500);
export const unit = z
  .string()
  .regex(/^(city|(dept|county|town):[a-z0-9-]{1,40})$/, 'a unit of /api/incidents/units');
export const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
/** Hashes of files that were sent before: POST /api/incidents/files. */
export const files = z
  .array(z.string().regex(/^[0-9a-f]{64}$/))
  .max(9)
  .default([]);
