// Vital-sign index with the short-board rule, and the city operation index.
import type { Level } from './score.ts';

/** One indicator as its vital sign sees it. Not connected or without value: freshness 0. */
export interface SignPart {
  readonly weight: number;
  /** 1, 0.5 or 0. */
  readonly freshness: number;
  /** 0–100; NaN where there is none. */
  readonly score: number;
  readonly level: Level | null;
  readonly key: boolean;
}

/** Below this share of the weights a sign shows 数据不足. */
const ENOUGH = 0.5;
const CAP_RED = 59;
const CAP_ORANGE = 79;

/** 1 up to two periods, 0.5 up to four, else 0. */
export function freshnessOf(ageMs: number, periodS: number): number {
  if (ageMs <= 2000 * periodS) return 1;
  return ageMs <= 4000 * periodS ? 0.5 : 0;
}

export interface SignIndex {
  /** 0–100; null: not enough data. */
  readonly value: number | null;
  /** Σwf / Σw as percent. */
  readonly coveragePct: number;
}

/** V = Σwfs / Σwf, at most 59 with a red ★ and 79 with an orange one; null below half of the weights. */
export function signIndex(parts: readonly SignPart[]): SignIndex {
  let weights = 0;
  let fresh = 0;
  let points = 0;
  let cap = 100;
  for (const part of parts) {
    weights += part.weight;
    if (Number.isNaN(part.score) || part.freshness === 0) continue;
    fresh += part.weight * part.freshness;
    points += part.weight * part.freshness * part.score;
    if (part.key && part.level === 'red') cap = Math.min(cap, CAP_RED);
    if (part.key && part.level === 'orange') cap = Math.min(cap, CAP_ORANGE);
  }
  const share = weights === 0 ? 0 : fresh / weights;
  const value = share < ENOUGH ? null : Math.min(cap, points / fresh);
  return { value, coveragePct: 100 * share };
}

/** Weights Wₖ of the city operation index; they add up to 1. */
export const signWeights = {
  'public-opinion': 0.1,
  'public-security': 0.15,
  environment: 0.15,
  traffic: 0.15,
  'public-service': 0.15,
  economy: 0.15,
  industry: 0.08,
  'project-investment': 0.07,
} as const;

/**
 * 城市运行指数 = Σ Wₖ·Vₖ over the signs that have a value, divided by their weights; null below half of the weights,
 * as for a sign.
 */
export function operationIndex(
  values: readonly { readonly weight: number; readonly value: number | null }[],
): SignIndex {
  const parts = values.map(({ weight, value }) => ({
    weight,
    freshness: value === null ? 0 : 1,
    score: value ?? NaN,
    level: null,
    key: false,
  }));
  return signIndex(parts);
}
