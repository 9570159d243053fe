// One composite: this map on the left, a plain globe on the right, three times under the same camera.
import type { BrowserContext, Page } from 'playwright-core';
import { withPages } from '../../bench/browser-pages.ts';
import { besides } from '../../scripts/shots/pictures.ts';
import { openPage, untilReady } from '../kit/browser.ts';
import type { PlainView } from './plain-globe/page.ts';
import { settle } from './settle.ts';

const { width, height, views } = besides;
/** The composite is shown at two thirds. */
const SHOWN = 2 / 3;

/** Everything of the wall that is not its map. */
const MAP_ONLY = '.wall > *:not(.map, .marks) { display: none !important }';

async function ours(browser: BrowserContext, url: string): Promise<Buffer[]> {
  const { page } = await openPage(browser, `${url}/wall?e2e=1&scene=overview`);
  await page.setViewportSize({ width, height });
  await page.addStyleTag({ content: MAP_ONLY });
  await untilReady(page);
  await settle(page, 'globe');
  const pictures: Buffer[] = [];
  for (const view of views) {
    await page.evaluate((to) => window.cockpit?.look(to), view);
    await settle(page, 'globe');
    pictures.push(await page.screenshot());
  }
  await page.close();
  return pictures;
}

async function plain(page: Page): Promise<Buffer[]> {
  await page.setViewportSize({ width, height });
  const pictures: Buffer[] = [];
  for (const view of views) {
    await page.evaluate((to: PlainView) => window.measure(...([to] as unknown as never[])), view);
    pictures.push(await page.screenshot());
  }
  return pictures;
}

/** @returns a JPEG */
export async function takeBeside(browser: BrowserContext, url: string): Promise<Buffer> {
  const left = await ours(browser, url);
  const right = await withPages('../e2e/shots/plain-globe', (inPage) => inPage(plain));
  const page = await browser.newPage();
  await page.setViewportSize({ width: Math.round(width * SHOWN) * 2 + 48, height: 400 });
  const image = (picture: Buffer | undefined): string =>
    `<img src="data:image/png;base64,${picture?.toString('base64') ?? ''}">`;
  const rows = views.map(
    ({ caption, rangeM }, i) =>
      `<figure>${image(left[i])}${image(right[i])}<figcaption><span>${caption}，距 ${rangeM / 1000} km · 演示数据</span>` +
      `<span>默认球体，同一机位</span></figcaption></figure>`,
  );
  await page.setContent(`<style>
    body { margin: 0; padding: 16px; background: #070c0e; color: #b3bfbe; font: 17px 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif }
    figure { margin: 0 0 16px; display: grid; grid-template-columns: 1fr 1fr; gap: 6px 16px }
    figure:last-child { margin: 0 }
    img { width: 100%; display: block }
    figcaption { display: contents }
  </style>${rows.join('')}`);
  const picture = await page.screenshot({ type: 'jpeg', quality: 82, fullPage: true });
  await page.close();
  return picture;
}
