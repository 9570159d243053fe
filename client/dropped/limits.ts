// How much may be brought at once.
import { Refusal } from './refusal.ts';

/** All files of one drop, and what an archive may unpack to. */
export const MOST_BYTES = 150 * 1024 * 1024;

export function tooLarge(bytes: number): Refusal {
  const [size, most] = [bytes, MOST_BYTES].map((count) => Math.round(count / 1024 / 1024));
  return new Refusal(`文件共 ${size} MB，最多 ${most} MB`, `${size} MB, at most ${most} MB can be shown`);
}
