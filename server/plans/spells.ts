// Since when and until when each step of an activation is in force, and by when it is planned: pure.
import type { Plan, PlanStep } from '../../contracts/records/plan.ts';
import type { RunState } from './run-fold.ts';
import { stepsAt, waitsFor } from './schedule.ts';

const MINUTE_MS = 60_000;

/** A step from the level that brought it in to the one that took it out. */
export interface Spell {
  readonly step: PlanStep;
  /** Sequence of the entry that brought it in. */
  readonly since: number;
  readonly sinceAt: number;
  readonly by: string;
  /** Epoch ms; null: it is in force. */
  readonly untilAt: number | null;
}

/** In the order of the plan; a step that came back has two. */
export function spellsOf({ run, plan }: RunState): readonly Spell[] {
  const spells: Spell[] = [];
  for (const { level, seq, at, by } of run.levels) {
    const steps = level === null ? [] : stepsAt(plan, level);
    const inForce = new Set(steps.map(({ id }) => id));
    for (const [index, spell] of spells.entries())
      if (spell.untilAt === null && !inForce.has(spell.step.id)) spells[index] = { ...spell, untilAt: at };
    const held = new Set(spells.filter(isInForce).map(({ step }) => step.id));
    for (const step of steps)
      if (!held.has(step.id)) spells.push({ step, since: seq, sinceAt: at, by, untilAt: null });
  }
  const order = orderOf(plan);
  return spells.sort((a, b) => order(a.step.id) - order(b.step.id) || a.since - b.since);
}

export const isInForce = ({ untilAt }: Spell): boolean => untilAt === null;

const orderOf = ({ steps }: Pick<Plan, 'steps'>): ((id: string) => number) => {
  const at = new Map(steps.map(({ id }, index) => [id, index]));
  return (id) => at.get(id) ?? 0;
};

export const keyOf = ({ step, since }: Pick<Spell, 'step' | 'since'>): string => `${step.id} ${since}`;

export interface Planned {
  readonly startAt: number;
  /** null: no time. */
  readonly dueAt: number | null;
}

/**
 * By the plan, had every step before been done in time. A step waits for those that are in force at the same time as it.
 * → by `keyOf`
 */
export function plannedTimes(spells: readonly Spell[]): ReadonlyMap<string, Planned> {
  const times = new Map<string, Planned>();
  const open = new Set<string>();
  const timeOf = (spell: Spell): Planned => {
    const key = keyOf(spell);
    const known = times.get(key);
    if (known) return known;
    open.add(key);
    const ends = spellsBefore(spell, spells)
      .filter((before) => !open.has(keyOf(before)))
      .map((before) => {
        const { startAt, dueAt } = timeOf(before);
        return dueAt ?? startAt;
      });
    open.delete(key);
    const startAt = Math.max(spell.sinceAt, ...ends);
    const time = { startAt, dueAt: dueAfter(spell.step, startAt) };
    times.set(key, time);
    return time;
  };
  for (const spell of spells) timeOf(spell);
  return times;
}

export const dueAfter = ({ withinMin }: PlanStep, startAt: number): number | null =>
  withinMin === null ? null : startAt + withinMin * MINUTE_MS;

/** What it waits for, of those in force while it is; of a step that came back, its last spell. */
export function spellsBefore(spell: Spell, all: readonly Spell[]): readonly Spell[] {
  const end = ({ untilAt }: Spell): number => untilAt ?? Infinity;
  const beside = all.filter((one) => end(one) > spell.sinceAt && one.sinceAt <= end(spell));
  const names = waitsFor(
    spell.step,
    beside.map(({ step }) => step),
  );
  return names.flatMap((name) => beside.findLast(({ step }) => step.id === name) ?? []);
}
