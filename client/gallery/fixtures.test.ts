import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { createMemoryHistory, createRouter } from 'vue-router';
import { describe, expect, it } from 'vitest';
import { fixtureStates } from '../panels/panel.ts';
import { panels } from '../panels/registry.ts';
import { wallLayouts } from '../screens/wall/layouts.ts';
import { fixtures } from './fixtures.ts';

const onWall = Object.values(wallLayouts).flatMap(({ left, right }) => [...left, ...right]);

async function textOf(slug: string, state: (typeof fixtureStates)[number]): Promise<string> {
  const fixture = fixtures.get(slug);
  if (!fixture) throw new Error(`panel ${slug}: no panel.fixture.ts`);
  const app = createSSRApp({ render: () => h(fixture.view, fixture.props(state)) });
  app.use(createRouter({ history: createMemoryHistory(), routes: [{ path: '/:any(.*)*', component: {} }] }));
  return (await renderToString(app)).replace(/<[^>]*>/g, ' ');
}

describe('panels of the wall', () => {
  it.each(onWall)('%s has a folder and a fixture', (slug) => {
    expect(panels.has(slug)).toBe(true);
    expect(fixtures.has(slug)).toBe(true);
  });
  it('name only panels that exist in fixtures', () => {
    expect([...fixtures.keys()].filter((slug) => !panels.has(slug))).toEqual([]);
  });
});

describe.each([...fixtures.keys()])('%s', (slug) => {
  it.each(fixtureStates)('is drawn when %s', async (state) => {
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
