// The sound of an alarm: two short tones, never without its text beside, and silent when somebody says so.
import { reactive } from 'vue';
import { keep, readKept } from './kept.ts';

const KEPT = 'alarm-muted';

export const alarmSound = reactive({ isMuted: readKept(KEPT) === true });

export function muteAlarms(isMuted: boolean): void {
  alarmSound.isMuted = isMuted;
  keep(KEPT, isMuted);
}

/** Hertz: apart enough to be told from the beeps of devices in the room. */
const TONES = [880, 660] as const;
const TONE_S = 0.18;
const GAIN = 0.15;

/** Does nothing where it is muted, where the machine has no sound, or before anybody touched the page. */
export function soundAlarm(): void {
  if (alarmSound.isMuted || typeof AudioContext === 'undefined') return;
  const audio = new AudioContext();
  const gain = new GainNode(audio, { gain: GAIN });
  gain.connect(audio.destination);
  for (const [at, frequency] of TONES.entries()) {
    const tone = new OscillatorNode(audio, { frequency });
    tone.connect(gain);
    tone.start(audio.currentTime + at * TONE_S);
    tone.stop(audio.currentTime + (at + 1) * TONE_S);
    if (at === TONES.length - 1) tone.onended = () => void audio.close();
  }
}

/** Alarms among `open` that were not there before: what has to be heard now. */
export function newAlarms<T extends { readonly id: string; readonly alarm: boolean; readonly state: string }>(
  open: readonly T[],
  known: ReadonlySet<string>,
): readonly T[] {
  return open.filter(({ id, alarm, state }) => alarm && state === 'open' && !known.has(id));
}
