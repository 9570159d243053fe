// The one time cursor of the page. Everything on the screen speaks of the moment it stands at: now, or one of the past.
import { computed, readonly, ref, shallowRef } from 'vue';
import { CityClock, every, localMs, type Stop } from '../clock.ts';
import { isLiveWorld } from './world.ts';
import { cursorAt, LIVE, type Cursor } from './cursor.ts';

/** While the past plays, its clock is shown this often, milliseconds. */
const SHOW_MS = 250;
const SHOWS_A_SECOND = 1000 / SHOW_MS;
/** A clock that is off by more was set, milliseconds: everything shows it at once. */
const LEAP_MS = 2000;
/** And charts are asked for this often, seconds. */
const CHARTS_S = 3;

const beats = new CityClock();
const shown = ref(0);
const shownLive = ref(0);
const chartsFrom = ref(0);
const speed = ref(1);

/** Where the cursor stands, as the worker said last. */
const said = shallowRef<Cursor>(LIVE);
export const cursor = readonly(said);
export const isPast = computed(() => said.value.state !== 'live');

/** City clock at the cursor, epoch ms UTC, changing once a second while it is live; 0 before the first beat. */
export const cityNow = readonly(shown);
/** City clock now, whatever the cursor does. */
export const liveNow = readonly(shownLive);

/** Seconds of the city in one second, of now and not of the past; 0: this world stands. */
export const worldSpeed = readonly(speed);

/**
 * Changes when charts ought to be asked for anew because the cursor went elsewhere: when it stands, and now and then while
 * it plays. 0: live, they refresh themselves.
 */
export const chartsAt = readonly(chartsFrom);

/** City clock at the cursor without reactivity, for frames. */
export const readCityNow = (): number =>
  said.value.state === 'live' ? beats.now() : cursorAt(said.value, localMs());
export const readLiveNow = (): number => beats.now();
/** City clock at a local moment, epoch ms. */
export const cityAt = (local: number): number => beats.at(local);

/**
 * Seconds of the clock that moving objects move by: the local one; in the past that of the cursor, and in a world beside
 * live, which may hurry or stand, its own.
 */
export const readLegS = (): number =>
  (said.value.state === 'live' && isLiveWorld() ? localMs() : readCityNow()) / 1000;

/** @param atSpeed seconds of the city in one second; 0: it stands */
export function applyBeat(at: number, receivedAt: number, atSpeed = 1): void {
  const before = beats.now();
  beats.beat(at, receivedAt, atSpeed);
  const isLeap = speed.value !== atSpeed || Math.abs(beats.now() - before) > LEAP_MS;
  speed.value = atSpeed;
  if (shownLive.value === 0 || isLeap) shownLive.value = beats.now();
  if (shown.value === 0 || (isLeap && said.value.state === 'live')) shown.value = beats.now();
}

export function applyCursor(now: Cursor): void {
  const isPlaying = now.state === 'replay' && said.value.state === 'replay' && !now.isWaiting;
  said.value = now;
  if (!isPlaying) shown.value = readCityNow();
  if (now.state === 'live') chartsFrom.value = 0;
  else if (!isPlaying && !now.isWaiting) chartsFrom.value = now.at;
}

export function startTime(): Stop {
  let turn = 0;
  return every(SHOW_MS, () => {
    turn = (turn + 1) % (CHARTS_S * SHOWS_A_SECOND);
    if (shown.value === 0) return;
    const isSecond = turn % SHOWS_A_SECOND === 0 || speed.value > 1;
    if (isSecond) shownLive.value = beats.now();
    if (said.value.state === 'live' ? isSecond : said.value.state === 'replay') shown.value = readCityNow();
    if (turn === 0 && said.value.state === 'replay') chartsFrom.value = readCityNow();
  });
}
