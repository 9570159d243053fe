// The map as a picture that says what it is: title above, time and marks below, so that it can travel without the screen.

export interface Caption {
  readonly title: string;
  /** Right of the title: whether the link is live, and as of when. */
  readonly time: string;
  /** 演示数据, 示意图 …: what must not be forgotten. */
  readonly marks: readonly string[];
}

/** Heights of the strips, parts of the picture's width; nothing under 14 px. */
const STRIP = 0.028;
const LEAST_PX = 34;

/** A new canvas: the map between two strips. */
export function captioned(map: HTMLCanvasElement, caption: Caption): HTMLCanvasElement {
  const strip = Math.max(LEAST_PX, Math.round(map.width * STRIP));
  const canvas = document.createElement('canvas');
  canvas.width = map.width;
  canvas.height = map.height + 2 * strip;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser has no 2D canvas: no picture can be made');
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  context.fillStyle = colour('--ink-2');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(map, 0, strip);
  const pad = strip * 0.5;
  const write = (text: string, at: { x: number; y: number; size: number; align: CanvasTextAlign }): void => {
    context.font = `560 ${at.size}px 'Noto Sans SC Variable', sans-serif`;
    context.textAlign = at.align;
    context.textBaseline = 'middle';
    context.fillText(text, at.x, at.y);
  };
  context.fillStyle = colour('--tx-1');
  write(caption.title, { x: pad, y: strip / 2, size: strip * 0.46, align: 'left' });
  write(caption.time, { x: canvas.width - pad, y: strip / 2, size: strip * 0.42, align: 'right' });
  context.fillStyle = colour('--tx-2');
  write(caption.marks.join('　'), {
    x: pad,
    y: canvas.height - strip / 2,
    size: strip * 0.4,
    align: 'left',
  });
  return canvas;
}

export function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))),
      'image/png',
    );
  });
}
