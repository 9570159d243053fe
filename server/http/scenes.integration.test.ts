import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SceneList } from '../../contracts/records/scene.ts';
import { readConfig } from '../config.ts';
import { createManualClock } from '../kit/clock.ts';
import { startServer } from '../main/server.ts';
import { silentLog, TRIAL_START } from '../main/trial-server.ts';

const text = (name: string): string => `title: { zh: ${name}, en: ${name} }
question: { zh: 好吗, en: Well }
key: 1
menu: running
answer: { calm: { zh: 好, en: Well }, indicators: all }
camera: { centre: city }
layers: []
panels: {}
`;

test('scenes are told on request, and again to whoever listens when a file is edited', async () => {
  const scenes = mkdtempSync(path.join(tmpdir(), 'scenes-'));
  mkdirSync(path.join(scenes, 'one'));
  writeFileSync(path.join(scenes, 'one/scene.yaml'), text('甲'));
  const ports = ['--port', '0', '--mqtt-port', '0', '--jtt808-port', '0', '--hj212-port', '0'];
  const dataDir = mkdtempSync(path.join(tmpdir(), 'cockpit-'));
  const config = readConfig(['--city', 'testville', '--data-dir', dataDir, ...ports], {});
  if (!config) throw new Error('no settings');
  const clock = createManualClock(TRIAL_START);
  const server = await startServer(config, { log: silentLog, clock, feeds: new Map(), scenes });
  onTestFinished(() => server.stop());

  const list = (await (await fetch(`${server.url}/api/scenes`)).json()) as SceneList;
  expect(list.scenes).toMatchObject([{ slug: 'one', title: { zh: '甲' } }]);

  const stream = await fetch(`${server.url}/api/scenes/stream`);
  const reader = (stream.body as ReadableStream<Uint8Array>).getReader();
  onTestFinished(() => reader.cancel());
  const next = async (): Promise<SceneList> => {
    const { value } = await reader.read();
    return JSON.parse(new TextDecoder().decode(value).replace(/^data: /, '')) as SceneList;
  };
  expect((await next()).scenes[0]?.title.zh).toBe('甲');
  writeFileSync(path.join(scenes, 'one/scene.yaml'), text('乙丙'));
  clock.advance(1000);
  expect((await next()).scenes[0]?.title.zh).toBe('乙丙');
  writeFileSync(path.join(scenes, 'one/scene.yaml'), 'nonsense: [');
  clock.advance(1000);
  const broken = await next();
  expect(broken.scenes[0]?.title.zh).toBe('乙丙');
  expect(broken.problems).toMatchObject([{ slug: 'one', keptLast: true }]);
});
