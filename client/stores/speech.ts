// The browser's own voice, for captions: off unless somebody switches it on, and never two at once.
import { reactive } from 'vue';
import type { Locale } from './session.ts';

export const speech = reactive({
  isOn: false,
  /** Languages this machine has a voice for; null: it has not told yet, or has no speech at all. */
  voices: null as ReadonlySet<Locale> | null,
  /** What was said last is not finished. */
  isSpeaking: false,
});

const engine = (): SpeechSynthesis | null =>
  typeof window !== 'undefined' && 'speechSynthesis' in window ? window.speechSynthesis : null;

const localeOf = ({ lang }: SpeechSynthesisVoice): Locale | null => {
  const language = lang.toLowerCase().slice(0, 2);
  return language === 'zh' || language === 'en' ? language : null;
};

const voiceOf = (locale: Locale): SpeechSynthesisVoice | undefined =>
  engine()
    ?.getVoices()
    .find((voice) => localeOf(voice) === locale);

/** Finds out which voices there are, now and when the browser has loaded them. Returns what stops it. */
export function findVoices(): () => void {
  const synthesis = engine();
  const look = (): void => {
    speech.voices = new Set((synthesis?.getVoices() ?? []).flatMap((voice) => localeOf(voice) ?? []));
  };
  look();
  synthesis?.addEventListener('voiceschanged', look);
  return () => {
    synthesis?.removeEventListener('voiceschanged', look);
    hush();
  };
}

/** Whether this machine can speak a language. */
export const hasVoice = (locale: Locale): boolean => speech.voices?.has(locale) ?? false;

/** Says a text in place of what is being said; nothing where it is switched off or there is no voice. */
export function speak(text: string, locale: Locale): void {
  hush();
  const synthesis = engine();
  const voice = voiceOf(locale);
  if (!speech.isOn || !synthesis || !voice) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  const done = (): void => {
    speech.isSpeaking = false;
  };
  words.onend = done;
  words.onerror = done;
  speech.isSpeaking = true;
  synthesis.speak(words);
}

export function hush(): void {
  speech.isSpeaking = false;
  engine()?.cancel();
}
