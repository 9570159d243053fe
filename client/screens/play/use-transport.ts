// What people do to a playback, by button and by key; and what an exhibition does by itself.
import { computed, onUnmounted, reactive, ref, watch, type ComputedRef } from 'vue';
import { after, type Stop } from '../../clock.ts';
import type { Cover } from '../../panels/play-cover/cover.ts';
import { playSpeeds, type PlayAsk, type Playing } from '../../panels/play-transport/playing.ts';
import { nextSpeed, speeds } from '../../stores/replay-rates.ts';
import type { ScenarioStory } from '../../stores/scenarios.ts';
import { chapterFrom } from '../../stores/script.ts';
import { session } from '../../stores/session.ts';
import { hasVoice, speech } from '../../stores/speech.ts';
import { isWorldGone, resetWorld, setWorldClock, worldFacts } from '../../stores/worlds.ts';
import { worldId } from '../../stores/world.ts';
import type { Moves } from './use-moves.ts';
import { startOf, type Script } from './use-script.ts';

export interface Transport {
  readonly playing: ComputedRef<Playing>;
  readonly cover: ComputedRef<Cover | null>;
  readonly open: { notes: boolean; chapters: boolean };
  ask(what: PlayAsk): void;
  go(atS: number): void;
  hurry(by: 1 | -1): void;
  setSpeed(speed: number): void;
  step(byS: number): void;
}

interface Play {
  readonly story: ScenarioStory;
  readonly script: Script;
  readonly moves: Moves | null;
  readonly loops: boolean;
}

export function useTransport({ story, script, moves, loops: loopsAtFirst }: Play): Transport {
  const open = reactive({ notes: false, chapters: false });
  const choice = reactive({ loops: loopsAtFirst, captions: true });
  /** Where it was sent last, seconds after the start; null: nowhere. */
  const goal = ref<{ readonly fromS: number; readonly toS: number } | null>(null);
  const id = (): string => worldId.value ?? '';
  const speedNow = (): number => worldFacts.value?.clock.speed ?? 1;

  const go = (atS: number): void => {
    const toS = Math.round(Math.min(story.durationS, Math.max(0, atS)));
    goal.value = { fromS: toS < script.atS.value ? 0 : script.atS.value, toS };
    moves?.follow();
    void setWorldClock(id(), { toS });
  };
  const chapter = (by: 1 | -1): void => {
    const atS = chapterFrom(story.chapters, { atS: script.atS.value, speed: speedNow() }, by);
    if (atS !== null) go(atS);
  };
  const reset = async (): Promise<void> => {
    goal.value = null;
    moves?.follow();
    const answer = await resetWorld(id());
    if (answer.ok && answer.value.clock.paused) await setWorldClock(id(), { paused: false });
  };
  const toggle = (): void => {
    const state = worldFacts.value?.state;
    if (state === 'ended') void reset();
    else void setWorldClock(id(), { paused: state !== 'paused' });
  };
  const acts: Readonly<Record<PlayAsk, () => void>> = {
    toggle,
    back: () => chapter(-1),
    next: () => chapter(1),
    loop: () => (choice.loops = !choice.loops),
    captions: () => (choice.captions = !choice.captions),
    voice: () => (speech.isOn = !speech.isOn),
    notes: () => (open.notes = !open.notes),
    'notes-window': openNotes,
    chapters: () => (open.chapters = !open.chapters),
    reset: () => void reset(),
    follow: () => moves?.follow(),
  };
  const setSpeed = (speed: number): void => void setWorldClock(id(), { speed });
  return {
    open,
    playing: computed(() => ({
      state: worldFacts.value?.state ?? 'starting',
      speed: speedNow(),
      loops: choice.loops,
      captions: choice.captions,
      voice: !speech.isOn ? 'off' : hasVoice(session.locale) ? 'on' : 'none',
      isHeld: moves?.isHeld.value ?? false,
    })),
    cover: useCover({ story, script, goal: () => goal.value, loops: () => choice.loops, reset }),
    ask: (what) => acts[what](),
    go,
    hurry: (by) => setSpeed(Math.max(playSpeeds(speeds)[0] ?? 1, nextSpeed(speedNow(), by))),
    setSpeed,
    step: (byS) => go(script.atS.value + byS),
  };
}

/** A small window of its own beside this one. */
function openNotes(): void {
  const query = new URLSearchParams(location.search);
  query.set('notes', '');
  window.open(`/play?${query.toString()}`, 'cockpit-notes', 'popup,width=720,height=640');
}

/** An exhibition begins again after so many seconds; what failed, or is gone, rests longer. */
const WAIT_S = { ended: 10, failed: 30, gone: 10 } as const;
type Waits = keyof typeof WAIT_S;

interface CoverOf {
  readonly story: ScenarioStory;
  readonly script: Script;
  readonly goal: () => { readonly fromS: number; readonly toS: number } | null;
  readonly loops: () => boolean;
  readonly reset: () => Promise<void>;
}

function useCover({ story, script, goal, loops, reset }: CoverOf): ComputedRef<Cover | null> {
  const waits = computed<Waits | null>(() => {
    if (isWorldGone.value) return 'gone';
    const state = worldFacts.value?.state;
    return state === 'ended' || state === 'failed' ? state : null;
  });
  const leftS = useCountdown(
    () => (loops() ? waits.value : null),
    (what) => (what === 'gone' ? leaveWorld() : void reset()),
  );
  return computed(() => {
    const facts = worldFacts.value;
    if (waits.value === 'failed') return { state: 'failed', reason: facts?.reason ?? '', leftS: leftS.value };
    if (waits.value) return { state: waits.value, leftS: leftS.value };
    if (!facts || facts.state === 'starting') return { state: 'starting' };
    if (facts.state !== 'seeking') return null;
    const { fromS, toS } = goal() ?? { fromS: 0, toS: story.durationS };
    const atS = (facts.clock.at - startOf(story)) / 1000;
    const share = toS > fromS ? (Math.max(atS, script.atS.value) - fromS) / (toS - fromS) : 0;
    return { state: 'seeking', share: Math.min(1, Math.max(0, share)) };
  });
}

/** The same script in a world of its own: another page. */
export function leaveWorld(): void {
  const query = new URLSearchParams(location.search);
  query.delete('world');
  location.replace(`/play?${query.toString()}`);
}

function useCountdown(waits: () => Waits | null, over: (what: Waits) => void) {
  const leftS = ref<number | null>(null);
  let stop: Stop | null = null;
  const count = (what: Waits, left: number): void => {
    leftS.value = left;
    if (left <= 0) {
      leftS.value = null;
      over(what);
    } else stop = after(1000, () => count(what, left - 1));
  };
  watch(
    waits,
    (what) => {
      stop?.();
      leftS.value = null;
      if (what) count(what, WAIT_S[what]);
    },
    { immediate: true },
  );
  onUnmounted(() => stop?.());
  return leftS;
}
