// definePanel: a part of a screen that shows stores. Found by folder walk; screens place panels by slug.
import type { Component } from 'vue';
import type { Title } from '../../contracts/column.ts';

export interface Panel {
  readonly slug: string;
  readonly title: Title;
  readonly component: Component;
}

export const definePanel = (panel: Panel): Panel => panel;

/** The states in which every panel is drawn on purpose. */
export const fixtureStates = ['live', 'late', 'stale', 'down', 'off', 'empty'] as const;
export type FixtureState = (typeof fixtureStates)[number];

/** `panel.fixture.ts`: the drawing part of a panel and what it draws in each state, for the gallery and for tests. */
export interface PanelFixture {
  readonly view: Component;
  props(state: FixtureState): Readonly<Record<string, unknown>>;
  /** States this panel is never in, with the reason the gallery gives in their place. */
  readonly never?: Readonly<Partial<Record<FixtureState, Title>>>;
  /** What this panel can be beyond the states of all: partial, waiting, failed, forbidden … */
  readonly more?: Readonly<Record<string, () => Readonly<Record<string, unknown>>>>;
}

export const defineFixture = (fixture: PanelFixture): PanelFixture => fixture;
