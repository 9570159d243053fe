// Builds a bench's page, serves it on a free port and opens it in a fresh browser page for every case.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { build, preview } from 'vite';
import { cesiumStatics } from '../client/cesium-statics.ts';
import { openBrowser } from '../e2e/kit/browser.ts';

export type InPage = <T>(use: (page: Page) => Promise<T>) => Promise<T>;

/**
 * @param folder folder beside this file that holds index.html
 * @param publish puts more files beside the page
 */
export async function withPages<T>(
  folder: string,
  use: (inPage: InPage) => Promise<T>,
  publish?: (outDir: string) => void,
): Promise<T> {
  return servePage(
    folder,
    async (url) => {
      const browser = await openBrowser({ width: 400, height: 300 });
      try {
        return await use(async (inside) => {
          const page = await browser.newPage();
          await page.goto(url);
          await page.waitForFunction(() => typeof window.measure === 'function', null, { polling: 100 });
          const result = await inside(page);
          await page.close();
          return result;
        });
      } finally {
        await browser.close();
      }
    },
    publish,
  );
}

/** Builds the page of a folder and serves it for as long as `use` takes. */
export async function servePage<T>(
  folder: string,
  use: (url: string) => Promise<T>,
  publish?: (outDir: string) => void,
): Promise<T> {
  const outDir = mkdtempSync(join(tmpdir(), 'cockpit-bench-'));
  const root = resolve(import.meta.dirname, folder);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [cesiumStatics()],
    build: { outDir, emptyOutDir: true, target: 'es2022' },
  });
  publish?.(outDir);
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  try {
    return await use(server.resolvedUrls?.local[0] ?? '');
  } finally {
    await server.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}
