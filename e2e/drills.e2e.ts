// Two drills beside the live city, on their own screens: each says which one it is, and what is ordered in one is on its board
// alone; no number is a link there.
import { randomUUID } from 'node:crypto';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UnitFound } from '../contracts/records/call.ts';
import type { WorldFacts } from '../contracts/records/world.ts';
import { leaveMapOut, openBrowser, openPage } from './kit/browser.ts';
import { post, RunningCity } from './kit/processes.ts';

let city: RunningCity;
let browser: BrowserContext;

beforeAll(async () => {
  city = await RunningCity.start({ scale: 0.01, playsScenarios: true });
  browser = await openBrowser({ width: 1280, height: 800 });
  await leaveMapOut(browser);
});
afterAll(async () => {
  await browser?.close();
  await city?.stop();
});

const worlds = async (): Promise<readonly WorldFacts[]> =>
  (await (await fetch(`${city.url}/api/worlds`)).json()) as WorldFacts[];

async function openDrill(): Promise<string> {
  const said = { kind: 'drill', scenario: null, scale: 0.01, speed: 1 };
  const { id } = (await post(`${city.url}/api/worlds`, said)) as WorldFacts;
  const isRunning = async (): Promise<boolean> =>
    (await worlds()).some((one) => one.id === id && one.state === 'running');
  await expect.poll(isRunning, { timeout: 120_000, interval: 500 }).toBe(true);
  return id;
}

it('each drill says which one it is, and has its own orders alone', async () => {
  const [first, second] = [await openDrill(), await openDrill()];
  const order = { action: randomUUID(), to: [{ unit: 'dept:emergency' }], text: '演练：集结待命' };
  await post(`${city.url}/api/orders?world=${second}`, order);
  const boards = new Map<string, number>();
  for (const [world, name] of [
    [first, '第 1 场'],
    [second, '第 2 场'],
    ['live', null],
  ] as const) {
    const { page, faults } = await openPage(browser, `${city.url}/desk?world=${world}`);
    const mark = page.locator('[data-test=drill-watermark]');
    if (name === null) await page.locator('[data-test=mode]').waitFor();
    else await mark.getByText(name).first().waitFor();
    expect([world, await mark.count()]).toEqual([world, name === null ? 0 : 1]);
    await page.getByRole('tab', { name: '指令' }).click();
    const board = page.locator('[data-test=order-board]');
    // Of the drill that has none, and of live, the sentence says so.
    await board
      .locator(world === second ? '[data-order]' : 'p.note')
      .first()
      .waitFor();
    boards.set(world, await board.locator('[data-order]').count());
    expect(await page.locator('a[href^="tel:"]').count()).toBe(0);
    expect(faults).toEqual([]);
    await page.close();
  }
  expect([...boards.values()]).toEqual([0, 1, 0]);
  const ring = '104,31;107.5,31;107.5,34;104,34';
  const answer = await fetch(`${city.url}/api/calls/units?area=${ring}&world=${second}`);
  const { units } = (await answer.json()) as { units: readonly UnitFound[] };
  const contacts = units.flatMap((unit) => unit.contacts);
  expect(contacts.length).toBeGreaterThan(0);
  expect(contacts.filter(({ dial }) => dial !== null)).toEqual([]);
});
