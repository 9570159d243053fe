// What a feed made of some bytes: counts, lag, first rows, rejects with reasons. For people or, as JSON, for machines.
import type { ErrorCode } from '../../contracts/errors.ts';
import type { CollectingSink } from './collecting-sink.ts';
import type { FeedDefinition, RawRow } from './feed.ts';
import { rowFault } from './row-fault.ts';

/** Rows and rejects that are shown; all are counted. */
const SHOWN = 5;
const RAW_SHOWN = 160;

export interface FeedReport {
  readonly feed: string;
  readonly title: FeedDefinition['title'];
  readonly protocol: string;
  readonly licence: string;
  readonly cadenceS: number | null;
  readonly writes: readonly string[];
  readonly source: string;
  readonly pieces: number;
  readonly bytes: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Rows per layer. */
  readonly layers: Readonly<Record<string, number>>;
  readonly removed: number;
  /** Seconds between the moment of a value and its receipt. */
  readonly lagS: { readonly least: number; readonly median: number; readonly most: number } | null;
  readonly rows: readonly ({ readonly layer: string } & RawRow)[];
  readonly reasons: readonly {
    readonly code: ErrorCode;
    readonly count: number;
    readonly first: string;
    readonly raw: string;
  }[];
  readonly ignored: Readonly<Record<string, number>>;
}

export interface ReadBytes {
  readonly source: string;
  readonly pieces: number;
  readonly bytes: number;
  readonly receivedAt: number;
}

export function reportOf(feed: FeedDefinition, sink: CollectingSink, read: ReadBytes): FeedReport {
  const rejects = [...sink.rejects];
  const good = sink.rows.filter(({ layer, row }) => {
    const fault = rowFault(layer, row);
    if (fault) rejects.push({ ...fault, raw: JSON.stringify(row) });
    return fault === null;
  });
  const layers: Record<string, number> = {};
  for (const { layer } of good) layers[layer.slug] = (layers[layer.slug] ?? 0) + 1;
  const { slug, title, protocol, licence, cadenceS, writes } = feed;
  return {
    ...{ feed: slug, title, protocol, licence, cadenceS },
    writes: writes.map((layer) => layer.slug),
    source: read.source,
    pieces: read.pieces,
    bytes: read.bytes,
    accepted: good.length,
    rejected: rejects.length,
    layers,
    removed: sink.removed.length,
    lagS: lagOf(good.map(({ row }) => (read.receivedAt - row.validAt) / 1000)),
    rows: good.slice(0, SHOWN).map(({ layer, row }) => ({ layer: layer.slug, ...row })),
    reasons: reasonsOf(rejects),
    ignored: Object.fromEntries(sink.ignored),
  };
}

function lagOf(lags: number[]): FeedReport['lagS'] {
  const sorted = lags.sort((one, other) => one - other);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return null;
  return { least, median: sorted[Math.floor(sorted.length / 2)] ?? least, most };
}

function reasonsOf(rejects: CollectingSink['rejects']): FeedReport['reasons'] {
  const reasons = new Map<ErrorCode, { code: ErrorCode; count: number; first: string; raw: string }>();
  for (const { code, detail, raw } of rejects) {
    const reason = reasons.get(code);
    if (reason) reason.count++;
    else reasons.set(code, { code, count: 1, first: detail, raw: readable(raw) });
  }
  return [...reasons.values()].sort((one, other) => other.count - one.count);
}

/** Text as it is, other bytes as hex. */
function readable(raw: string | Uint8Array): string {
  if (typeof raw === 'string') return raw.slice(0, RAW_SHOWN);
  const start = Buffer.from(raw.subarray(0, RAW_SHOWN));
  const text = start.toString('utf8');
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text) ? start.toString('hex') : text;
}

export function printReport(report: FeedReport): string {
  const { lagS } = report;
  const lines = [
    `${report.feed} · ${report.title.zh} · ${report.title.en}`,
    `  protocol  ${report.protocol}`,
    `  licence   ${report.licence}`,
    `  cadence   ${report.cadenceS === null ? 'on event' : `${report.cadenceS} s`}`,
    `  writes    ${report.writes.join(', ')}`,
    `  source    ${report.source} (${report.bytes} bytes${report.pieces === 1 ? '' : `, ${report.pieces} messages`})`,
    `  rows      ${report.accepted} accepted, ${report.rejected} rejected, ${report.removed} removed`,
    ...Object.entries(report.layers).map(([layer, count]) => `            ${layer} ${count}`),
    `  lag       ${lagS ? `${seconds(lagS.least)} least, ${seconds(lagS.median)} median, ${seconds(lagS.most)} most` : '—'}`,
    ...section('first rows', report.rows.map(printRow)),
    ...section(
      'rejects',
      report.reasons.map(({ code, count, first, raw }) => `${count} × ${code}: ${first}\n      ${raw}`),
    ),
    ...section(
      'ignored',
      Object.entries(report.ignored).map(([what, count]) => `${count} × ${what}`),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const seconds = (value: number): string => `${value.toFixed(1)} s`;

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];
}

function printRow(row: FeedReport['rows'][number]): string {
  const values = Object.entries<unknown>(row.values)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}=${shortly(value)}`);
  return `${row.layer} ${row.id} ${new Date(row.validAt).toISOString()} ${values.join(' ')}`;
}

function shortly(value: unknown): string {
  const text =
    JSON.stringify(value, (_, part: unknown) =>
      part instanceof Float32Array ? `${part.length} cells` : part,
    ) ?? '';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
