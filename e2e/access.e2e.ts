// In a demonstration anybody becomes another role by the chip in the bar, and sees its pages; with real feeds people sign in.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import axe from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fromBase32, hotp, stepAt } from '../server/access/totp.ts';
import { openBrowser, openPage } from './kit/browser.ts';
import { clippedTexts } from './kit/clipping.ts';
import { ROOT } from './kit/processes.ts';

interface Started {
  readonly url: string;
  /** What was told once; '' where nothing was. */
  readonly once: string;
  stop(): Promise<void>;
}

/** A server with pages and without feeds. */
async function start(...more: readonly string[]): Promise<Started> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cockpit-access-'));
  const free = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const args = [join(ROOT, 'server/main.ts'), '--city', 'testville', '--data-dir', dataDir, ...free];
  const child = spawn(process.execPath, [...args, '--static', join(ROOT, 'dist/client'), ...more]);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stderr.resume();
  let once = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server did not start')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const said = JSON.parse(line) as { once?: string; ready?: boolean; url?: string };
      once = said.once ?? once;
      if (said.ready) resolve(said.url ?? '');
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { url, once, stop };
}

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
let browser: BrowserContext;
let demo: Started;
let real: Started;
beforeAll(async () => {
  [demo, real] = await Promise.all([start(), start('--no-demo')]);
  browser = await openBrowser(DESK);
});
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  await real?.stop();
});

/** What a screen reader or an eye would stumble over: faults of access, text that is cut, a page wider than the screen. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: tool } = globalThis as unknown as { axe: typeof axe };
    return (await tool.run(document, { resultTypes: ['violations'] })).violations;
  });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)),
    ...(await clippedTexts(page)),
    ...(over > 0 ? [`${over} px wider than the screen`] : []),
  ];
}

/** The page is that of another account of the demonstration from now on. */
async function becomeDemo(page: Page, account: string, path: string): Promise<void> {
  await page.evaluate(async (id) => {
    const headers = { 'content-type': 'application/json' };
    await fetch('/api/session/demo', { method: 'POST', headers, body: JSON.stringify({ account: id }) });
  }, account);
  await page.goto(`${demo.url}${path}`);
}

it('the demo duty officer becomes the auditor and the administrator, each sees its own page and no other', async () => {
  const { page, faults } = await openPage(browser, `${demo.url}/audit`);
  await page.locator('[data-test=forbidden]').waitFor();
  const chip = page.locator('[data-test=account-chip]');
  expect(await chip.textContent()).toContain('演示账号');
  expect(await findings(page)).toEqual([]);
  /** Neither of them may see the map: the page says so, and leads to what they may see. */
  const become = async (account: string, to: string): Promise<void> => {
    await page.locator('[data-test=account-chip]').first().click();
    await page.locator(`[data-account=${account}]`).click();
    await page.waitForURL((url) => url.pathname === '/wall');
    await page.locator('[data-test=forbidden]').getByRole('link', { name: to }).click();
  };
  await become('demo-auditor', '审计日志');
  await page.locator('tr[data-kind="session/open"]').first().waitFor();
  expect(await findings(page)).toEqual([]);
  await become('demo-sys-admin', '账号管理');
  await page.locator('[data-test=new-account]').click();
  await page.getByLabel('登录名').fill('li.wei');
  await page.getByLabel('姓名或位置').fill('李伟');
  expect(await findings(page)).toEqual([]);
  // Left, nothing is done; confirmed, it goes on by itself.
  await page.getByRole('button', { name: /提交/ }).click();
  const dialog = page.locator('[data-test=step-up]');
  await dialog.getByText('演示账号没有密码').waitFor();
  expect(await findings(page)).toEqual([]);
  await dialog.getByRole('button', { name: '取消' }).click();
  await page.locator('[data-code="access/step-up"]').waitFor();
  await page.getByRole('button', { name: /提交/ }).click();
  await dialog.getByRole('button', { name: '确认并继续' }).click();
  await page.locator('[data-test=secret]').waitFor();
  expect(await page.locator('tr[data-account="li.wei"]').textContent()).toContain('待批准');
  expect(await findings(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

it('in an emergency the analyst takes the rights of the duty officer alone; who watches sees it and reviews it', async () => {
  const { page, faults } = await openPage(browser, `${demo.url}/audit`);
  const become = (account: string, path: string): Promise<void> => becomeDemo(page, account, path);
  await become('demo-analyst', '/audit');
  await page.locator('[data-test=account-chip]').click();
  await page.locator('[data-test=take-glass]').click();
  const form = page.locator('[data-test=break-glass]');
  await form.getByLabel('原因').fill('值班员突发疾病，暂无人接警');
  expect(await findings(page)).toEqual([]);
  await form.getByRole('button', { name: '取得紧急授权' }).click();
  await page.locator('[data-test=step-up]').getByRole('button', { name: '确认并继续' }).click();
  const banner = page.locator('[data-test=glass-banner]');
  await banner.getByText('紧急授权中 · 值班员').waitFor();
  expect(await banner.getByRole('timer').textContent()).toMatch(/^(30:00|29:\d\d)$/);
  expect(await findings(page)).toEqual([]);
  await banner.getByRole('button', { name: '交还' }).click();
  await page.locator('[data-test=account-chip]').waitFor();
  await banner.waitFor({ state: 'detached' });
  await become('demo-sec-admin', '/admin');
  const row = page.locator('tr[data-glass]');
  await row.locator('[data-act=justified]').click();
  expect(await findings(page)).toEqual([]);
  await row.getByRole('textbox').fill('情况属实，确有必要');
  await row.getByRole('button', { name: '属实必要' }).last().click();
  await page.locator('[data-test=step-up]').getByRole('button', { name: '确认并继续' }).click();
  await page.locator('tr[data-state=reviewed]').waitFor();
  await become('demo-auditor', '/audit');
  await page.locator('tr[data-kind="glass/take"]').first().waitFor();
  expect(await findings(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

it('an export waits for a second person; settings and secrets of feeds are changed and taken back', async () => {
  const { page, faults } = await openPage(browser, `${demo.url}/audit`);
  const confirm = (): Promise<void> =>
    page.locator('[data-test=step-up]').getByRole('button', { name: '确认并继续' }).click();
  await becomeDemo(page, 'demo-analyst', '/exports');
  await page.getByText('还没有申请').waitFor();
  const status = await page.evaluate(async () => {
    const to = Date.now();
    const asked = {
      ...{ kind: 'layer', layer: 'emergency-call', format: 'csv', withPersonal: true },
      ...{ from: to - 3_600_000, to },
    };
    const body = JSON.stringify({ asked, reason: '核查重复报警' });
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/exports', { method: 'POST', headers, body })).status;
  });
  expect(status).toBe(201);
  await becomeDemo(page, 'demo-leader', '/exports');
  const row = page.locator('tr[data-export]');
  await row.locator('[data-act=approve]').click();
  await row.getByRole('textbox').fill('同意核查');
  expect(await findings(page)).toEqual([]);
  await row.getByRole('button', { name: '批准' }).last().click();
  await confirm();
  await page.locator('tr[data-state=approved]').waitFor();
  await becomeDemo(page, 'demo-analyst', '/exports');
  const download = page.waitForEvent('download');
  await row.locator('[data-act=fetch]').click();
  await confirm();
  expect((await download).suggestedFilename()).toMatch(/^emergency-call-.*\.csv$/);
  await page.locator('tr[data-state=fetched]').waitFor();

  await becomeDemo(page, 'demo-sys-admin', '/admin/feeds');
  const noise = page.locator('tr[data-feed=noise]');
  await noise.locator('[data-act=change]').click();
  await noise.getByLabel('项目').selectOption('periodS');
  await noise.getByLabel('新值').fill('20');
  await noise.getByLabel('原因').fill('加密监测');
  expect(await findings(page)).toEqual([]);
  await noise.getByRole('button', { name: '保存并生效' }).click();
  await confirm();
  await noise.locator('[data-setting=periodS]').getByText('文件中为').waitFor();
  const change = page.locator('tr[data-change]');
  await change.locator('[data-act=undo]').click();
  await change.getByRole('textbox').fill('监测结束');
  await change.getByRole('button', { name: '撤销' }).last().click();
  await noise.locator('[data-setting=periodS]').getByText('文件中为').waitFor({ state: 'detached' });

  await becomeDemo(page, 'demo-sec-admin', '/admin/feeds');
  const panel = page.locator('tr[data-feed=fire-panel]');
  await panel.locator('[data-act=secret]').click();
  await panel.getByLabel('新密钥').fill('a-secret-of-the-district');
  await panel.getByLabel('原因').fill('定期更换');
  await panel.getByRole('button', { name: '保存并生效' }).click();
  await confirm();
  await panel.locator('[data-secret=key]').getByText('已设置（本页）').waitFor();
  expect(await page.content()).not.toContain('a-secret-of-the-district');
  expect(await findings(page)).toEqual([]);
  await becomeDemo(page, 'demo-duty-chief', '/admin/rules');
  await page.locator('[data-test=alert-limits] h2').waitFor();
  expect(await findings(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.close();
});

it('what the city says of itself is tried, changed and taken back on pages of its own', async () => {
  const { page, faults } = await openPage(browser, `${demo.url}/audit`);
  const confirm = (): Promise<void> =>
    page.locator('[data-test=step-up]').getByRole('button', { name: '确认并继续' }).click();
  await becomeDemo(page, 'demo-duty-chief', '/admin/thresholds');
  const tpi = page.locator('tr[data-indicator=tpi]');
  await tpi.locator('[data-act=change]').click();
  const first = tpi.getByLabel('正常不高于');
  await first.fill('9');
  await tpi.getByRole('button', { name: '查看影响' }).press('Enter');
  await tpi.locator('[data-code="request/invalid"]').getByText('must grow').waitFor();
  expect(await findings(page)).toEqual([]);
  await first.fill('5');
  await tpi.getByRole('button', { name: '查看影响' }).click();
  await tpi.locator('[data-test=effects]').waitFor();
  await tpi.getByLabel('原因').fill('节日口径');
  await tpi.getByRole('button', { name: '保存并生效' }).click();
  await confirm();
  await tpi.getByText('口径为').waitFor();
  const change = page.locator('tr[data-change]');
  await change.locator('[data-act=undo]').click();
  await change.getByRole('textbox').fill('节日结束');
  await change.getByRole('button', { name: '撤销' }).last().click();
  await tpi.getByText('口径为').waitFor({ state: 'detached' });

  await page.goto(`${demo.url}/admin/responsibilities`);
  const fire = page.locator('tr[data-kind=fire]');
  await fire.locator('[data-act=change]').click();
  await fire.locator('[data-act=add-case]').click();
  await fire.getByRole('button', { name: '查看影响' }).click();
  await fire.locator('[data-test=effects]').waitFor();
  expect(await findings(page)).toEqual([]);
  await fire.getByRole('button', { name: '查看影响' }).press('Escape');
  await fire.locator('[data-test=city-form]').waitFor({ state: 'detached' });

  await page.goto(`${demo.url}/admin/areas`);
  await page.locator('[data-act=add]').click();
  const form = page.locator('[data-test=city-form]');
  await form.getByLabel('标识').fill('old-town');
  await form.getByLabel('中文名称').fill('老城');
  await form.getByLabel('英文名称').fill('Old town');
  await form.getByLabel('顶点').fill('84.1, 41.1\n84.2, 41.1\n84.2');
  await form.getByText('第 3 行不是两个数').waitFor();
  await form.getByLabel('顶点').fill('84.1, 41.1\n84.2, 41.1\n84.2, 41.2');
  await form.getByRole('button', { name: '查看影响' }).click();
  await form.getByLabel('原因').fill('老城防火');
  expect(await findings(page)).toEqual([]);
  await form.getByRole('button', { name: '保存并生效' }).click();
  await page.locator('tr[data-area=old-town]').waitFor();

  await page.goto(`${demo.url}/admin/rosters`);
  const cell = page.locator('[data-test=rosters] td[data-shift]').first();
  await cell.locator('[data-act=change]').click();
  await cell.getByLabel('姓名').fill('李值班');
  await cell.getByRole('button', { name: '查看影响' }).click();
  await cell.locator('[data-test=effects]').getByText('值班员').waitFor();
  await cell.getByLabel('原因').fill('排班');
  expect(await findings(page)).toEqual([]);
  await cell.getByRole('button', { name: '保存并生效' }).click();
  await cell.locator('[data-act=undo]').waitFor();
  await becomeDemo(page, 'demo-analyst', '/admin/rosters');
  await page.locator('[data-test=forbidden]').waitFor();
  await becomeDemo(page, 'demo-auditor', '/audit');
  await page.locator('tr[data-kind="setting/set"]').first().waitFor();
  expect(faults).toEqual([]);
  await page.close();
});

it('with real feeds every page leads to the sign-in page, and the first password to one of one’s own', async () => {
  const { page, faults } = await openPage(browser, `${real.url}/admin`);
  await page.waitForURL((url) => url.pathname === '/sign-in');
  const initial = /password: (\S+)/.exec(real.once)?.[1] ?? '';
  await page.setViewportSize(PHONE);
  await page.getByLabel('账号').fill('admin');
  await page.getByLabel('密码', { exact: true }).fill('wrong-password');
  await page.getByRole('button', { name: '登录' }).click();
  await page.locator('[data-code="access/refused"]').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.setViewportSize(DESK);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByLabel('Password').fill(initial);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const form = page.locator('[data-test=own-password]');
  await form.waitFor();
  expect(await findings(page)).toEqual([]);
  await form.getByLabel('当前密码').fill(initial);
  await form.getByLabel('新密码').fill('Jialing-River-26');
  await form.getByLabel('再输一次').fill('Jialing-River-26');
  await form.getByRole('button').click();
  // The administrator sets a second factor before anything else.
  const factor = page.locator('[data-test=must-enrol]');
  await factor.getByRole('button', { name: '启用' }).click();
  const secret = (await factor.locator('code').textContent()) ?? '';
  expect(await findings(page)).toEqual([]);
  await factor.getByLabel('当前密码').fill('Jialing-River-26');
  await factor.getByLabel('六位数').fill(hotp(fromBase32(secret), stepAt(Date.now())));
  await factor.getByRole('button', { name: '确认启用' }).click();
  await page.waitForURL((url) => url.pathname === '/admin');
  await page.locator('tr[data-account=admin]').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.locator('[data-test=account-chip]').click();
  await page.locator('[data-test=sign-out]').click();
  await page.waitForURL((url) => url.pathname === '/sign-in');
  expect(faults).toEqual([]);
  await page.close();
});
