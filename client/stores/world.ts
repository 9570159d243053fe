// The world this page shows, and the one place that puts it into what the page asks of the server. Another world is
// another page: nothing of one is left in the other.
import { shallowRef } from 'vue';
import { askStepUp, asksStepUp } from './step-up.ts';
import { LIVE_WORLD, ofWorld, worldOf } from '../world.ts';

// Tests of panels have no address.
const address = typeof location === 'undefined' ? { pathname: '/', search: '' } : location;

/** null until it is chosen; chosen once in the life of a page. */
export const worldId = shallowRef<string | null>(
  worldOf(address.pathname, new URLSearchParams(address.search)),
);

export const isLiveWorld = (): boolean => worldId.value === LIVE_WORLD;

/** How often the server said that nobody is signed in here: the session of this browser may be over. */
export const strangerCount = shallowRef(0);

async function ask(path: string, init: RequestInit): Promise<Response> {
  let response = await fetch(path, init);
  if (await asksStepUp(response)) {
    if (!(await askStepUp())) return response;
    // Once: what is asked for again after that is told as it is.
    response = await fetch(path, init);
  }
  if (response.status === 401) strangerCount.value += 1;
  return response;
}

/** `fetch` for what belongs to a world: layers, history, series, health, operations. */
export const askWorld = (path: string, init: RequestInit = {}): Promise<Response> =>
  ask(ofWorld(path, worldId.value), init);

/** `fetch` for what is the same in all worlds: the city, the scenes, the list of worlds itself. */
export const askServer = (path: string, init: RequestInit = {}): Promise<Response> => ask(path, init);
