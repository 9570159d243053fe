// A voice note by the microphone, for as long as it is held open, at most a minute and a half.
import { onUnmounted, ref, type Ref } from 'vue';
import { after, every, type Stop } from '../../clock.ts';

/** The server takes 2 MB: far more than this at the rate of speech. */
const LONGEST_MS = 90_000;
const BITS_A_SECOND = 32_000;
/** In the order of what most can play; the server takes both. */
const TYPES = ['audio/webm;codecs=opus', 'audio/webm', 'audio/mp4'];

export interface Voice {
  /** Whether this browser can record at all: only over TLS, or on the machine itself. */
  readonly isPossible: boolean;
  readonly isOn: Ref<boolean>;
  readonly seconds: Ref<number>;
  /** The microphone was refused, or there is none. */
  readonly isRefused: Ref<boolean>;
  start(): Promise<void>;
  stop(): void;
}

export function useVoice(took: (blob: Blob) => void): Voice {
  const isOn = ref(false);
  const seconds = ref(0);
  const isRefused = ref(false);
  let recorder: MediaRecorder | null = null;
  let stops: readonly Stop[] = [];
  const type =
    typeof MediaRecorder === 'undefined'
      ? undefined
      : TYPES.find((one) => MediaRecorder.isTypeSupported(one));
  const stop = (): void => {
    if (recorder?.state === 'recording') recorder.stop();
  };

  async function start(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts: Blob[] = [];
      recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS_A_SECOND });
      recorder.ondataavailable = ({ data }) => parts.push(data);
      recorder.onstop = () => {
        for (const one of stops) one();
        for (const track of stream.getTracks()) track.stop();
        isOn.value = false;
        took(new Blob(parts, { type: type?.split(';')[0] }));
      };
      recorder.start();
      isRefused.value = false;
      isOn.value = true;
      seconds.value = 0;
      stops = [after(LONGEST_MS, stop), every(1000, () => (seconds.value += 1))];
    } catch {
      isRefused.value = true;
    }
  }
  onUnmounted(stop);
  const isPossible = type !== undefined && navigator.mediaDevices !== undefined;
  return { isPossible, isOn, seconds, isRefused, start, stop };
}
