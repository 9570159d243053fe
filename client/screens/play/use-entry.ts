// Into the world of a script: the one that plays already, or one of its own.
import { onUnmounted, shallowRef, type ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { after, type Stop } from '../../clock.ts';
import type { Cover } from '../../panels/play-cover/cover.ts';
import { fetchStory, type ScenarioStory } from '../../stores/scenarios.ts';
import {
  endWorld,
  listWorlds,
  makeWorld,
  setWorldClock,
  type WorldAnswer,
  type WorldFacts,
} from '../../stores/worlds.ts';
import { worldId } from '../../stores/world.ts';
import { readAddress, type PlayAddress } from './play-address.ts';

/** Beside live; contracts/records/world.ts. */
const MOST_WORLDS = 4;
/** An unattended screen tries again by itself, seconds. */
const RETRY_S = 30;

export interface Entry {
  readonly story: ShallowRef<ScenarioStory | null>;
  /** null: the world is there, whatever its state. */
  readonly cover: ShallowRef<Cover | null>;
  retry(): void;
  /** Makes room. */
  end(id: string): Promise<void>;
}

type Found = { readonly id: string; readonly isNew: boolean } | { readonly cover: Cover };

/** The world of the address, one that plays this script, or a new one. */
async function findWorld({ scenario, kind, speed }: PlayAddress): Promise<Found> {
  const slug = scenario ?? '';
  const list = await listWorlds();
  if (!list.ok) return { cover: failureOf(list) };
  const named = list.value.find(({ id }) => id === worldId.value);
  if (named) return { id: named.id, isNew: false };
  const joined = list.value.find(
    (one) => one.scenario === slug && one.kind === kind && one.state !== 'failed',
  );
  if (joined) return { id: joined.id, isNew: false };
  const made = await makeWorld({ kind, scenario: slug, ...(speed === null ? {} : { speed }) });
  if (made.ok) return { id: made.value.id, isNew: true };
  const beside = list.value.filter((one) => one.kind !== 'live');
  if (made.status === 409 && beside.length >= MOST_WORLDS)
    return { cover: { state: 'full', worlds: beside } };
  return { cover: failureOf(made) };
}

function failureOf({ status, message }: Extract<WorldAnswer<unknown>, { ok: false }>): Cover {
  const reason = message !== '' ? message : status === 0 ? '服务器没有应答 · no answer' : `HTTP ${status}`;
  return { state: 'unavailable', reason, leftS: null };
}

export function useEntry(): Entry {
  const route = useRoute();
  const router = useRouter();
  const story = shallowRef<ScenarioStory | null>(null);
  const cover = shallowRef<Cover | null>({ state: 'loading' });
  let stopWaiting: Stop | null = null;

  const wait = (failed: Cover, loops: boolean): void => {
    cover.value = failed;
    if (!loops || !('leftS' in failed)) return;
    const count = (leftS: number): void => {
      if (leftS <= 0) return void enter();
      cover.value = { ...failed, leftS };
      stopWaiting = after(1000, () => count(leftS - 1));
    };
    count(RETRY_S);
  };

  const enter = async (): Promise<void> => {
    const address = readAddress(route.query);
    if (address.scenario === null) return;
    stopWaiting?.();
    cover.value = { state: 'loading' };
    const told = await fetchStory(address.scenario);
    if (told.state === 'none') return void (cover.value = { state: 'none' });
    if (told.state === 'failed')
      return wait({ state: 'unavailable', reason: told.reason, leftS: null }, address.loops);
    story.value = told.value;
    cover.value = { state: 'starting' };
    const found = await findWorld(address);
    if ('cover' in found) return wait(found.cover, address.loops);
    await settle(found.id, address);
  };

  const settle = async (id: string, { speed }: PlayAddress): Promise<void> => {
    // A page that named another world is bound to it: this one is another page.
    if (worldId.value !== null && worldId.value !== id) {
      const query = new URLSearchParams(location.search);
      query.set('world', id);
      return location.replace(`/play?${query.toString()}`);
    }
    worldId.value = id;
    cover.value = null;
    await router.replace({ query: { ...route.query, world: id } });
    if (speed !== null) await setWorldClock(id, { speed });
  };

  onUnmounted(() => stopWaiting?.());
  void enter();
  return {
    story,
    cover,
    retry: () => void enter(),
    async end(id) {
      await endWorld(id);
      await enter();
    },
  };
}

export type { WorldFacts };
