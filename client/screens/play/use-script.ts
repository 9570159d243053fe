// The script at the moment of the page's clock: what is told, in which chapter, and how the screen should stand.
import { computed, onMounted, onUnmounted, ref, watch, type ComputedRef, type Ref } from 'vue';
import { every, localMs, type Stop } from '../../clock.ts';
import type { ScenarioStory } from '../../stores/scenarios.ts';
import {
  CaptionTeller,
  lastDue,
  readMs,
  standingAt,
  type Standing,
  type Telling,
} from '../../stores/script.ts';
import { say, session } from '../../stores/session.ts';
import { hush, speak, speech } from '../../stores/speech.ts';
import { cityNow } from '../../stores/time.ts';
import { worldFacts } from '../../stores/worlds.ts';

const LOOK_MS = 250;
/** A voice that does not come to an end holds the story up no longer, ms. */
const MOST_SPEECH_MS = 25_000;

export interface Script {
  /** Seconds after the start; 0 before the clock of the world is known. */
  readonly atS: ComputedRef<number>;
  /** The clock of the world is known. */
  readonly isOn: ComputedRef<boolean>;
  readonly chapter: ComputedRef<number>;
  readonly standing: ComputedRef<Standing>;
  readonly told: Readonly<Ref<Telling>>;
}

/** When the script starts, epoch ms: as its world says, else as it is written. */
export const startOf = (story: ScenarioStory): number =>
  worldFacts.value?.clock.startAt ?? Date.parse(story.startAt);

export function useScript(story: ScenarioStory): Script {
  const isOn = computed(() => cityNow.value > 0);
  const atS = computed(() => (isOn.value ? (cityNow.value - startOf(story)) / 1000 : 0));
  const standing = computed(() => standingAt(story.moves, atS.value));
  return {
    atS,
    isOn,
    chapter: computed(() => lastDue(story.chapters, atS.value)),
    standing,
    told: useTelling(story, { atS, isOn }),
  };
}

function useTelling(story: ScenarioStory, { atS, isOn }: Pick<Script, 'atS' | 'isOn'>): Ref<Telling> {
  const teller = new CaptionTeller(story.captions);
  const told = ref<Telling>({ index: -1, waiting: 0 });
  let spokenSince = 0;
  const textAt = (index: number): string => {
    const caption = story.captions[index];
    return caption ? say(caption.text) : '';
  };
  const takes = (index: number): number =>
    speech.isSpeaking && localMs() - spokenSince < MOST_SPEECH_MS
      ? Infinity
      : readMs(textAt(index), session.locale);
  const isOnTheWay = (): boolean => ['seeking', 'starting'].includes(worldFacts.value?.state ?? 'starting');

  const look = (): void => {
    if (!isOn.value) return;
    // On the way to a moment nothing is told; there, what is due.
    if (isOnTheWay()) teller.jump();
    else told.value = teller.tell(atS.value, localMs(), takes);
  };
  watch(isOnTheWay, (isAway) => {
    if (!isAway) return;
    told.value = { index: -1, waiting: 0 };
    hush();
  });
  watch(
    () => [told.value.index, speech.isOn, session.locale] as const,
    ([index]) => {
      spokenSince = localMs();
      if (story.captions[index]?.speak === false) hush();
      else speak(textAt(index), session.locale);
    },
  );
  let stop: Stop | null = null;
  onMounted(() => (stop = every(LOOK_MS, look)));
  onUnmounted(() => {
    stop?.();
    hush();
  });
  return told;
}
