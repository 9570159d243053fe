// Break-glass (紧急授权): one person takes the rights of another role for a while, alone, with a reason; somebody else
// reviews it afterwards.
import { z } from 'zod';
import type { Title } from '../column.ts';
import { roleSchema } from './account.ts';
import type { Role } from './account.ts';

/** On the word of one person, at most so long. */
const MOST_GLASS_MINUTES = 60;
const LEAST_GLASS_MINUTES = 5;
const reason = z.string().trim().min(4).max(500);

export const takeGlassSchema = z.strictObject({
  role: roleSchema,
  minutes: z.number().int().min(LEAST_GLASS_MINUTES).max(MOST_GLASS_MINUTES),
  reason,
});
export type TakeGlass = z.infer<typeof takeGlassSchema>;

export const endGlassSchema = z.strictObject({ reason });
/** isJustified: the reviewer finds that it had to be. */
export const reviewGlassSchema = z.strictObject({ isJustified: z.boolean(), reason });
export type ReviewGlass = z.infer<typeof reviewGlassSchema>;

/** held: now; ended: by itself or by hand, waits for a review; reviewed. */
type GlassState = 'held' | 'ended' | 'reviewed';

export interface BrokenGlass {
  /** Sequence of its first entry. */
  readonly id: number;
  readonly account: string;
  /** Of the account, for people. */
  readonly name: string;
  readonly role: Role;
  readonly roleTitle: Title;
  readonly reason: string;
  /** Epoch ms; `until`: when it ends by itself. */
  readonly at: number;
  readonly until: number;
  readonly state: GlassState;
  /** Ended before its time; null: it was not. */
  readonly ended: { readonly by: string; readonly at: number; readonly reason: string } | null;
  readonly review: {
    readonly by: string;
    readonly at: number;
    readonly isJustified: boolean;
    readonly reason: string;
  } | null;
}
