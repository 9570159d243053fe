// Pictures made small enough that a renderer's own edges and hinting do not count, and what differs between two of them.
import type { Page } from 'playwright-core';

/** As it is kept, pixels. */
const KEPT = { width: 320, height: 180 } as const;
/** As it is compared: cells whose mean colour counts. */
const GRID = { width: 64, height: 36 } as const;

/** The page as a small picture. → PNG */
export async function coarsePicture(page: Page): Promise<Buffer> {
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const base64 = await page.evaluate(
    async ([png, width, height]) => {
      const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), {
        resizeWidth: width,
        resizeHeight: height,
        resizeQuality: 'high',
      });
      const canvas = new OffscreenCanvas(width, height);
      canvas.getContext('2d')?.drawImage(picture, 0, 0);
      const blob = await canvas.convertToBlob({ type: 'image/png' });
      let text = '';
      for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [shot.toString('base64'), KEPT.width, KEPT.height] as const,
  );
  return Buffer.from(base64, 'base64');
}

export interface Difference {
  /** Share of cells of which a colour differs by more than the tolerance. */
  readonly share: number;
  /** Mean difference of all cells and colours, 0–255. */
  readonly mean: number;
  /** Where cells differ: the smallest box around them, shares of the page. */
  readonly box: {
    readonly left: number;
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
  };
}

/** @param tolerance of a mean colour of a cell, 0–255 */
export function differenceOf(
  page: Page,
  pictures: readonly [before: Buffer, now: Buffer],
  tolerance: number,
): Promise<Difference> {
  return page.evaluate(
    async ([before, now, width, height, most]) => {
      const cellsOf = async (png: string): Promise<Uint8ClampedArray> => {
        const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), {
          resizeWidth: width,
          resizeHeight: height,
          resizeQuality: 'high',
        });
        const drawing = new OffscreenCanvas(width, height).getContext('2d');
        if (!drawing) throw new Error('no 2D canvas');
        drawing.drawImage(picture, 0, 0);
        return drawing.getImageData(0, 0, width, height).data;
      };
      const [a, b] = await Promise.all([cellsOf(before), cellsOf(now)]);
      const box = { left: 1, top: 1, right: 0, bottom: 0 };
      let differing = 0;
      let sum = 0;
      for (let cell = 0; cell < width * height; cell++) {
        let worst = 0;
        for (let channel = 0; channel < 3; channel++) {
          const difference = Math.abs((a[cell * 4 + channel] ?? 0) - (b[cell * 4 + channel] ?? 0));
          worst = Math.max(worst, difference);
          sum += difference;
        }
        if (worst <= most) continue;
        differing++;
        box.left = Math.min(box.left, (cell % width) / width);
        box.right = Math.max(box.right, ((cell % width) + 1) / width);
        box.top = Math.min(box.top, Math.floor(cell / width) / height);
        box.bottom = Math.max(box.bottom, (Math.floor(cell / width) + 1) / height);
      }
      return { share: differing / (width * height), mean: sum / (width * height * 3), box };
    },
    [
      pictures[0].toString('base64'),
      pictures[1].toString('base64'),
      GRID.width,
      GRID.height,
      tolerance,
    ] as const,
  );
}
