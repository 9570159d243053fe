// The time axis as shares of its width: what there is of the past, now, the cursor, and what is worth a mark.
import type { Severity } from '../../stores/indicators.ts';
import type { Past, PastMark } from '../../stores/past.ts';
import { rankOf, type OpenWarning } from '../../stores/warnings.ts';
import { ticksOf } from './ticks.ts';

/** Ticks this near to NOW make room for its word, in widths of its type. */
const NEAR_EM = 3.2;
/** Words this near to an end would hang over it. */
const EDGE_EM = 1.9;
/** A mark covers this much of the axis: nearer to each other they could not be read. */
const MARK_EM = 1.1;
/** From one tick to the next, at least. */
const TICK_EM = 4.6;
const MOST_TICKS = 7;
/** One above the other there is room for two. */
const MOST_BRANCHES = 2;

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Mark {
  readonly layer: string;
  readonly key: string;
  /** Epoch ms. */
  readonly at: number;
  readonly share: number;
  /** null: no level, a plain tick. */
  readonly level: Severity | null;
  readonly text: string;
  /** How many lesser or older marks it stands for as well. */
  readonly others: number;
}

export interface Axis {
  /** Its length in widths of its type. */
  readonly widthEm: number;
  /** 0–1; beyond that it is out of sight. */
  readonly now: number;
  /** null: live. */
  readonly cursor: number | null;
  readonly ticks: readonly { readonly share: number; readonly text: string }[];
  readonly marks: readonly Mark[];
  /** How much happened, 0–1, bin by bin; empty ones left out. */
  readonly bars: readonly { readonly share: number; readonly width: number; readonly height: number }[];
  /** Where nothing is recorded: nobody looked, or it is not kept. */
  readonly gaps: readonly Stretch[];
  readonly loop: Stretch | null;
  /** Ways it may go, one above the other; the highest first. */
  readonly branches: readonly AxisBranch[];
}

export interface AxisBranch extends Stretch {
  readonly option: string;
  readonly dash: 'dash' | 'dot' | 'thin';
  readonly peak: { readonly share: number; readonly text: string } | null;
}

export interface AxisSources {
  readonly from: number;
  readonly to: number;
  /** How long the axis is, in widths of its type: a wide wall has a short one beside the long river. */
  readonly widthEm: number;
  readonly now: number;
  /** null: live. */
  readonly cursor: number | null;
  readonly loop: readonly [number, number] | null;
  readonly timeZone: string;
  readonly warnings: readonly OpenWarning[];
  readonly marks: readonly PastMark[];
  /** null: not known. */
  readonly past: Past | null;
  readonly branches?: readonly BranchSource[];
}

/** An option as the axis draws it. */
export interface BranchSource {
  readonly option: string;
  readonly dash: AxisBranch['dash'];
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly peak: { readonly at: number; readonly text: string } | null;
}

export function axisOf(sources: AxisSources): Axis {
  const { from, to, widthEm, now, cursor, loop, timeZone, past } = sources;
  const shareOf = (at: number): number => (at - from) / (to - from);
  const cut = (start: number, end: number): Stretch[] => {
    const stretch = { from: Math.max(0, shareOf(start)), to: Math.min(1, shareOf(end)) };
    return stretch.to > stretch.from ? [stretch] : [];
  };
  const nowShare = shareOf(now);
  const most = Math.min(MOST_TICKS, Math.max(1, Math.floor(widthEm / TICK_EM)));
  const [edge, near] = [EDGE_EM / widthEm, NEAR_EM / widthEm];
  const ticks = ticksOf([from, to], timeZone, most)
    .map(({ at, text }) => ({ share: shareOf(at), text }))
    .filter(({ share }) => share >= edge && share <= 1 - edge && Math.abs(share - nowShare) >= near);
  const gaps = past ? gapsOf(past, now).flatMap(([start, end]) => cut(start, end)) : [];
  return {
    widthEm,
    now: nowShare,
    cursor: cursor === null ? null : shareOf(cursor),
    ticks,
    marks: apart(
      marksOf(sources)
        .map((mark) => ({ ...mark, share: shareOf(mark.at) }))
        .filter(({ share }) => share >= 0 && share <= 1),
      MARK_EM / widthEm,
    ),
    bars: past ? barsOf(past, shareOf) : [],
    gaps,
    loop: (loop && cut(...loop)[0]) ?? null,
    branches: (sources.branches ?? [])
      .slice(0, MOST_BRANCHES)
      .flatMap((branch) => branchesOf(branch, { cut, shareOf })),
  };
}

function branchesOf(
  { option, dash, from, to, peak }: BranchSource,
  { cut, shareOf }: { cut: (from: number, to: number) => Stretch[]; shareOf: (at: number) => number },
): AxisBranch[] {
  const share = peak ? shareOf(peak.at) : NaN;
  const isSeen = peak !== null && share >= 0 && share <= 1;
  return cut(from, to).map((stretch) => ({
    ...{ ...stretch, option, dash, peak: isSeen ? { share, text: peak.text } : null },
  }));
}

/** Outages, and all that lies before what is kept. */
function gapsOf({ kept, gaps }: Past, now: number): (readonly [number, number])[] {
  return [[-Infinity, kept?.[0] ?? now] as const, ...gaps];
}

function barsOf({ from, binMs, density }: Past, shareOf: (at: number) => number): Axis['bars'] {
  const most = Math.max(1, ...density);
  const width = shareOf(from + binMs) - shareOf(from);
  return density.flatMap((count, bin) => {
    const share = shareOf(from + bin * binMs);
    // The root: an hour with little to tell is still seen beside one with much.
    const isSeen = count > 0 && share + width > 0 && share < 1;
    return isSeen ? [{ share, width, height: Math.sqrt(count / most) }] : [];
  });
}

type Placed = Omit<Mark, 'others'>;

/** Of marks with a level the worst first, of equal ones the latest: each stands for those it would cover. Ticks are thin. */
function apart(marks: readonly Placed[], least: number): Mark[] {
  const ranked = marks
    .filter(({ level }) => level !== null)
    .toSorted((a, b) => rankOf(a.level) - rankOf(b.level) || b.at - a.at);
  const ticks = marks.filter(({ level }) => level === null);
  const placed: { readonly mark: Placed; others: number }[] = [];
  for (const mark of ranked) {
    const cover = placed.find((one) => Math.abs(one.mark.share - mark.share) < least);
    if (cover) cover.others += 1;
    else placed.push({ mark, others: 0 });
  }
  const shown = [...placed, ...ticks.map((mark) => ({ mark, others: 0 }))];
  return shown.map(({ mark, others }) => ({ ...mark, others })).toSorted((a, b) => a.at - b.at);
}

/** What history knows, and of the warnings in force those it does not reach back to. */
function marksOf({ marks, warnings, now }: AxisSources): Omit<Placed, 'share'>[] {
  const known = new Set(marks.map(({ key }) => key));
  const open = warnings.flatMap(({ key, level, sentAt, headline, event }) =>
    level === null || sentAt === null || sentAt > now || known.has(key)
      ? []
      : [{ layer: 'warning', key, at: sentAt, level, text: headline || event }],
  );
  return [...marks, ...open];
}
