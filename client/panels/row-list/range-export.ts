// A stretch of time of a layer as a file from the server: how large it would be, then piece by piece as it comes.
import type { ExportLimit, LayerExport } from '../../../contracts/records/export-request.ts';
import type { Locale } from '../../stores/session.ts';
import { askWorld } from '../../stores/world.ts';

export type FileKind = 'csv' | 'geojson';

export interface RangeAsk {
  readonly layer: string;
  readonly kind: FileKind;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly locale: Locale;
}

/** About. */
export interface RangeSize {
  readonly rows: number;
  readonly bytes: number;
  /** More are refused. */
  readonly mostRows: number;
  /** Why it needs a second person; empty: it does not. */
  readonly limits: readonly ExportLimit[];
  /** Names of columns that are left out of it: they hold data about people. */
  readonly withheld: readonly string[];
}

/** @throws Error with what the server says is wrong */
export async function fetchSize(ask: RangeAsk, signal: AbortSignal): Promise<RangeSize> {
  return (await (await asked(ask, '/size', signal)).json()) as RangeSize;
}

/** `onBytes`: how many came so far. @throws Error with what the server says is wrong, or when it breaks off */
export async function fetchRange(
  ask: RangeAsk,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  const { body, headers } = await asked(ask, '', signal);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || !value) break;
    pieces.push(value);
    onBytes((bytes += value.byteLength));
  }
  return new Blob(pieces, { type: headers.get('content-type') ?? '' });
}

export function rangeAddress({ layer, kind, from, to, locale }: RangeAsk, part: string): string {
  // The clock of a page runs between milliseconds.
  const [since, until] = [String(Math.floor(from)), String(Math.floor(to))];
  const query = new URLSearchParams({ format: kind, from: since, to: until, language: locale });
  return `/api/layers/${encodeURIComponent(layer)}/export${part}?${query.toString()}`;
}

/** The same, to be approved by a second person. */
export const toApprove = (
  { layer, kind, from, to, locale }: RangeAsk,
  withPersonal: boolean,
): LayerExport => ({
  ...{ kind: 'layer', layer, format: kind, language: locale, withPersonal },
  ...{ from: Math.floor(from), to: Math.floor(to) },
});

async function asked(ask: RangeAsk, part: string, signal: AbortSignal): Promise<Response> {
  const response = await askWorld(rangeAddress(ask, part), { signal });
  if (response.ok) return response;
  const told = (await response.json().catch(() => null)) as { message?: string } | null;
  throw new Error(told?.message ?? `${response.status}`);
}

/** "3.2 MB", "840 kB". */
export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}
