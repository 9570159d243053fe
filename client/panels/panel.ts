// definePanel: a part of a screen that shows stores. Found by folder walk; screens place panels by slug. What a page does not
// show is never loaded.
import { defineAsyncComponent, type Component } from 'vue';
import type { Title } from '../../contracts/column.ts';
import { after, backOffMs } from '../clock.ts';
import { firstPicture } from '../first-picture.ts';

export interface Panel {
  readonly slug: string;
  readonly title: Title;
  readonly component: Component;
}

interface PanelDeclaration extends Omit<Panel, 'component'> {
  readonly load: () => Promise<{ readonly default: Component }>;
  /** When to load, once a page shows it; absent: after the first picture of its map. */
  readonly when?: () => Promise<void>;
}

/** A server that was away comes back: a panel that could not be fetched is asked for again, ms. */
const RETRY_MS = 2000;
const LONGEST_RETRY_MS = 20_000;

/** For what stands beside an empty map already. */
export const atOnce = (): Promise<void> => Promise.resolve();

/** Asks again until it is there. */
async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load();
    } catch {
      await new Promise<void>((resolve) => {
        after(backOffMs(attempt, RETRY_MS, LONGEST_RETRY_MS), resolve);
      });
    }
  }
}

export function definePanel({ slug, title, load, when = firstPicture }: PanelDeclaration): Panel {
  const loader = async (): Promise<Component> => {
    await when();
    return (await untilLoaded(load)).default;
  };
  return { slug, title, component: defineAsyncComponent(loader) };
}

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
