// What the question of a scene is about: which warnings and which indicators count.
import type { Scene } from '../../contracts/records/scene.ts';
import type { Reading } from './indicators.ts';

export type Answer = Pick<Scene['answer'], 'warnings' | 'indicators'>;
export const EVERYTHING: Answer = { warnings: true, indicators: 'all' };

/** The warnings a question is about. */
export function warningsOf<W extends { readonly event: string }>(
  all: readonly W[],
  answer: Answer,
): readonly W[] {
  const { warnings } = answer;
  if (typeof warnings === 'boolean') return warnings ? all : [];
  return all.filter(({ event }) => warnings.some((name) => event.includes(name)));
}

/** The readings a question is about. */
export function readingsOf(all: readonly Reading[], { indicators }: Answer): readonly Reading[] {
  return indicators === 'all' ? all : all.filter(({ slug }) => indicators.includes(slug));
}
