// A chart as a picture with its title and time, or its values as an Excel sheet.
import { formatTime } from '../i18n/numbers.ts';
import type { ChartModel } from './model.ts';
import { rowsOf } from './table-rows.ts';

export interface ExportSource {
  readonly model: ChartModel;
  readonly timeZone: string;
  readonly locale: 'zh' | 'en';
  readonly now: number;
  /** The element whose size and colours the picture takes, and what stands in it. */
  readonly element: HTMLElement;
  plot(pixelRatio: number): HTMLCanvasElement;
  /** Asked before values leave as a sheet; '' or why they do not. */
  readonly leave: ((title: string, rows: number) => Promise<string>) | undefined;
}

/** A picture for a slide is twice as fine as the screen. */
const DENSITY = 2;
const HEAD_PX = 44;

/** @throws Error when the browser can draw no picture, or the sheet must not leave */
export async function saveChart(kind: 'png' | 'xlsx', source: ExportSource): Promise<void> {
  const { model, leave } = source;
  const refusal = kind === 'xlsx' ? await leave?.(model.title, rowsOf(model).length) : '';
  if (refusal) throw new Error(refusal);
  const name = `${model.title} ${formatTime(model.to, 0, source.timeZone)}`.replaceAll(
    /[\\/:*?"<>|\s]+/g,
    '-',
  );
  save(kind === 'png' ? await toPicture(source) : await toSheet(source), `${name}.${kind}`);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function toPicture({ model, plot, element, now, timeZone }: ExportSource): Promise<Blob> {
  const style = getComputedStyle(element);
  const width = element.clientWidth;
  const height = element.clientHeight + HEAD_PX;
  const canvas = document.createElement('canvas');
  canvas.width = width * DENSITY;
  canvas.height = height * DENSITY;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2D canvas in this browser: use a current one');
  context.scale(DENSITY, DENSITY);
  context.fillStyle = style.getPropertyValue('--ink-2');
  context.fillRect(0, 0, width, height);
  context.fillStyle = style.getPropertyValue('--tx-1');
  context.font = `560 16px ${style.getPropertyValue('--font-text')}`;
  context.fillText(`${model.title} ${model.unit}`, 12, 27);
  context.fillStyle = style.getPropertyValue('--tx-3');
  context.textAlign = 'right';
  context.fillText(formatTime(Math.min(now, model.to), 0, timeZone), width - 12, 27);
  context.drawImage(plot(DENSITY), 0, HEAD_PX, width, element.clientHeight);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded'))),
      'image/png',
    );
  });
}

async function toSheet({ model, timeZone, locale }: ExportSource): Promise<Blob> {
  const { default: writeXlsx } = await import('write-excel-file/browser');
  const head = [
    locale === 'zh' ? `时间（${timeZone}）` : `Time (${timeZone})`,
    ...model.lines.map(({ name }) => `${name} ${model.unit}`),
  ];
  const rows = rowsOf(model).map(({ at, values }) => [
    { value: formatTime(at, 0, timeZone), type: String },
    ...values.map((value) => (value === null ? null : { value, type: Number })),
  ]);
  const sheet = [head.map((value) => ({ value, type: String, fontWeight: 'bold' as const })), ...rows];
  return writeXlsx(sheet, {
    columns: [{ width: 20 }],
    sheet: model.title.slice(0, 31).replaceAll(/[\\/?*[\]:]/g, ' '),
  }).toBlob();
}
