import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { createMemoryHistory, createRouter } from 'vue-router';
import { describe, expect, it } from 'vitest';
import { fixtureStates } from '../panels/panel.ts';
import { panels } from '../panels/registry.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { sceneSchema, type SceneChange } from '../../contracts/records/scene.ts';
import { fixtures, withoutFixture } from './fixtures.ts';

const scenes = new URL('../../scenes/', import.meta.url);
const panelsIn = ({ panels: slots }: Pick<SceneChange, 'panels'>): string[] =>
  Object.values(slots ?? {}).flatMap((choices) => choices.map(({ panel }) => panel));
/** Every panel that a scene shows in any shape of picture and in either mode. */
const onWall = new Set(
  readdirSync(scenes, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'scenarios')
    .map(({ name }) => sceneSchema.parse(parse(readFileSync(new URL(`${name}/scene.yaml`, scenes), 'utf8'))))
    .flatMap((scene) => [
      scene,
      ...Object.values(scene.variants),
      ...(scene.overrides.crisis
        ? [scene.overrides.crisis, ...Object.values(scene.overrides.crisis.variants)]
        : []),
    ])
    .flatMap(panelsIn),
);

async function textOf(slug: string, state: string): Promise<string> {
  const fixture = fixtures.get(slug);
  if (!fixture) throw new Error(`panel ${slug}: no panel.fixture.ts`);
  const props = fixture.more?.[state]?.() ?? fixture.props(state as (typeof fixtureStates)[number]);
  const app = createSSRApp({ render: () => h(fixture.view, props) });
  app.use(createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: {} }] }));
  return (await renderToString(app)).replace(/<[^>]*>/g, ' ');
}

/** Its fixture comes with the close-up that its card opens. */
const AWAITED = 'pick-card';

describe('every registered panel', () => {
  it('has a fixture', () =>
    expect(withoutFixture(panels.keys()).filter((slug) => slug !== AWAITED)).toEqual([]));
  it('is missed where it has none', () =>
    expect(withoutFixture(['trend-chart', 'no-such-panel'])).toEqual(['no-such-panel']));
});

describe('panels of the scenes', () => {
  it('are some', () => expect(onWall.size).toBeGreaterThan(10));
  it.each([...onWall])('%s has a folder and a fixture', (slug) => {
    expect(panels.has(slug)).toBe(true);
    expect(fixtures.has(slug)).toBe(true);
  });
  it('name only panels that exist in fixtures', () => {
    expect([...fixtures.keys()].filter((slug) => !panels.has(slug))).toEqual([]);
  });
});

const never = (slug: string): readonly string[] => Object.keys(fixtures.get(slug)?.never ?? {});

describe.each([...fixtures.keys()])('%s', (slug) => {
  const drawn = fixtureStates.filter((state) => !never(slug).includes(state));
  it.each([...drawn, ...Object.keys(fixtures.get(slug)?.more ?? {})])('is drawn when %s', async (state) => {
    expect((await textOf(slug, state)).trim()).not.toBe('');
  });
});

it.each(['city-index', 'vital-signs', 'water-level'])(
  '%s shows no digit when not connected',
  async (slug) => {
    const text = await textOf(slug, 'off');
    expect(text).toContain('未接入');
    expect(text).not.toMatch(/\d/);
  },
);
