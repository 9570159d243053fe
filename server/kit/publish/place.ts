// Where a reader of observations stands, as a text it hands back for the next page.
import { z } from 'zod';

/** The last observation it was given, and how many that are told the same it had before. */
export interface Place {
  /** Epoch ms. */
  readonly validAt: number;
  readonly key: string;
  readonly revision: number;
  /** Epoch ms. */
  readonly knownAt: number;
  readonly nth: number;
}

const parts = z.tuple([z.number(), z.string().max(200), z.number(), z.number(), z.number()]);

export const placeText = ({ validAt, key, revision, knownAt, nth }: Place): string =>
  Buffer.from(JSON.stringify([validAt, key, revision, knownAt, nth])).toString('base64url');

/** null for a text that is no place of ours */
export function parsePlace(text: string): Place | null {
  try {
    const told: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const [validAt, key, revision, knownAt, nth] = parts.parse(told);
    return { validAt, key, revision, knownAt, nth };
  } catch {
    return null;
  }
}
