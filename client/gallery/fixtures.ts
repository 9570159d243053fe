// Fixtures of panels by slug, found by folder walk.
import type { PanelFixture } from '../panels/panel.ts';

const modules = import.meta.glob<{ fixture: PanelFixture }>('../panels/*/panel.fixture.ts', { eager: true });

export const fixtures: ReadonlyMap<string, PanelFixture> = new Map(
  Object.entries(modules).map(([path, { fixture }]) => [path.split('/').at(-2) ?? path, fixture]),
);

/** Slugs of the panels nobody made a fixture for. */
export const withoutFixture = (
  panels: Iterable<string>,
  made: Pick<typeof fixtures, 'has'> = fixtures,
): string[] => [...panels].filter((slug) => !made.has(slug));
