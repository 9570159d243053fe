// When a page draws its first globe, and what script it had fetched until then; the same way for any page with a globe.
import type { Page } from 'playwright-core';
import { openBrowser } from '../e2e/kit/browser.ts';

export interface FirstGlobe {
  /** Since the navigation began, ms. */
  readonly atMs: number;
  /** Addresses of the scripts that had arrived by then, in order; workers are among them. */
  readonly scripts: readonly string[];
  /** Requests that left the origin of the page. */
  readonly outside: readonly string[];
}

/** Nothing but a tile of a globe has it: lines and lights over the ground are no globe, however many indices they have. */
const GLOBE_UNIFORM = 'u_tileRectangle';
const PATIENCE_MS = 120_000;

/** Opens the page in a browser of its own: nothing is cached, nothing compiled. */
export async function firstGlobe(url: string): Promise<FirstGlobe> {
  const browser = await openBrowser({ width: 1280, height: 720 });
  try {
    const page = await browser.newPage();
    const outside: string[] = [];
    const scripts = new Map<string, number>();
    const began = performance.now();
    page.on('request', (request) => {
      const asked = new URL(request.url());
      if (asked.protocol.startsWith('http') && asked.origin !== new URL(url).origin) outside.push(asked.href);
    });
    page.on('requestfinished', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) scripts.set(pathname, performance.now() - began);
    });
    await page.addInitScript(watchGlobe, GLOBE_UNIFORM);
    await page.goto(url, { waitUntil: 'commit' });
    const atMs = await drawnAt(page);
    const until = performance.now() - began;
    const before = [...scripts].filter(([, at]) => at <= until).map(([path]) => path);
    return { atMs, scripts: before, outside };
  } finally {
    await browser.close();
  }
}

async function drawnAt(page: Page): Promise<number> {
  const seen = await page.waitForFunction(() => (window as unknown as Watched).firstGlobeMs, null, {
    polling: 50,
    timeout: PATIENCE_MS,
  });
  return (await seen.jsonValue()) ?? NaN;
}

interface Watched {
  firstGlobeMs?: number;
}

/** Runs in the page before anything else: notes the frame after the first draw call of a program that draws the globe. */
function watchGlobe(globeUniform: string): void {
  const gl = WebGL2RenderingContext.prototype;
  const { shaderSource, attachShader, useProgram, drawElements } = gl;
  const shaders = new WeakSet<WebGLShader>();
  const programs = new WeakSet<WebGLProgram>();
  let isGlobe = false;
  gl.shaderSource = function (shader, source) {
    if (source.includes(globeUniform)) shaders.add(shader);
    shaderSource.call(this, shader, source);
  };
  gl.attachShader = function (program, shader) {
    if (shaders.has(shader)) programs.add(program);
    attachShader.call(this, program, shader);
  };
  gl.useProgram = function (program) {
    isGlobe = program !== null && programs.has(program);
    useProgram.call(this, program);
  };
  gl.drawElements = function (mode, count, type, offset) {
    drawElements.call(this, mode, count, type, offset);
    if (!isGlobe) return;
    Object.assign(gl, { shaderSource, attachShader, useProgram, drawElements });
    requestAnimationFrame(() => ((window as unknown as Watched).firstGlobeMs = performance.now()));
  };
}
