// Connects the page to its world as soon as it is known which; a world that is gone is let go.
import { watch } from 'vue';
import { startCity } from './city-start.ts';
import { localMs, pause } from './clock.ts';
import { firstPicture } from './first-picture.ts';
import { startLink, type Link } from './link/link.ts';
import type { Place } from './shapes.ts';
import { applyBeat } from './stores/time.ts';
import { followWorld, isWorldGone, worldFacts } from './stores/worlds.ts';
import { worldId } from './stores/world.ts';

/** What is live waits for the ground it lies on, but not for longer, ms: two workers and two streams would only slow each other. */
const GROUND_FIRST_MS = 2500;

/** @param makeWorker called once, when there is something to connect to */
export function startWorldLink(makeWorker: () => Worker): void {
  let link: Link | null = null;
  let place: Place | null = null;
  startCity((found) => {
    place = found;
    link?.setPlace(found);
  });
  const connect = (world: string): void => {
    if (isWorldGone.value || link) return;
    link = startLink(makeWorker(), { url: location.origin, world });
    if (place) link.setPlace(place);
  };
  watch(
    worldId,
    (world) => {
      if (world === null || link) return;
      if (isNotesWindow() || isField()) return followByFacts(world);
      void Promise.race([firstPicture(), pause(GROUND_FIRST_MS)]).then(() => connect(world));
      followWorld(world);
    },
    { immediate: true },
  );
  watch(isWorldGone, (isGone) => {
    if (isGone) link?.stop();
  });
}

/** The presenter's window shows no layers: it needs the clock of its world alone. */
const isNotesWindow = (): boolean =>
  location.pathname.startsWith('/play') && new URLSearchParams(location.search).has('notes');

/** A phone in the field reads what is its own over HTTP: no stream goes over its network. */
const isField = (): boolean => location.pathname.startsWith('/field');

function followByFacts(world: string): void {
  followWorld(world);
  watch(worldFacts, (facts) => {
    if (!facts) return;
    const { at, speed, paused } = facts.clock;
    applyBeat(at, localMs(), paused || facts.state !== 'running' ? 0 : speed);
  });
}
