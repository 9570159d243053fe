import { rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Checkout, createCheckout, type Run, until } from './trial-checkout.ts';

let checkout: Checkout;
beforeEach(async () => {
  checkout = await createCheckout();
});
afterEach(() => checkout.remove());

const url = (): string => `http://127.0.0.1:${checkout.port}/`;

async function startUntilReady(args?: string[]): Promise<Run> {
  const run = checkout.start(args);
  await until(
    `the address (${run.stderr()})`,
    () => run.stdout().includes('http') || run.child.exitCode !== null,
  );
  expect(run.stderr() + run.stdout()).toContain(`${url()}\n`);
  return run;
}

test('starts everything, prints one address, and stops whole process trees, even a hanging one', async () => {
  writeFileSync(path.join(checkout.root, 'city-hangs'), '');
  const run = await startUntilReady();
  expect(run.stdout()).toBe(`${url()}\n`);
  expect(checkout.alive()).toHaveLength(3); // server, its own child, simulated city
  const [server] = checkout.read('server-arguments.txt').split('\n');
  const [city] = checkout.read('city-starts.txt').split('\n');
  const feeds = JSON.parse(server ?? '').at(JSON.parse(server ?? '').indexOf('--feeds-base') + 1) as string;
  expect(city).toContain(`"--port","${new URL(feeds).port}"`);
  expect(city).toContain(
    '"--mqtt","mqtt://127.0.0.1:40001","--jtt808","127.0.0.1:40002","--hj212","127.0.0.1:40003"',
  );

  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  expect(checkout.alive()).toEqual([]);
});

test('the second start builds nothing again, until a source changes', async () => {
  for (const expected of ['x', 'x', 'xx']) {
    if (expected === 'xx') {
      writeFileSync(path.join(checkout.root, 'cities/tiny/city.yaml'), 'id: tiny\nname: 小\n');
    }
    const run = await startUntilReady();
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(checkout.read('client-builds.txt')).toBe(expected);
    expect(checkout.read('tile-builds.txt')).toBe(expected);
  }
});

test('already running: one sentence with the address', async () => {
  await startUntilReady();
  const second = checkout.start();
  expect(await second.ended).toBe(4);
  expect(second.stderr()).toMatch(new RegExp(`^Already running at ${url()} \\(process \\d+\\).*\\n$`));
  const elsewhere = checkout.start(['--port', String(checkout.port), '--data-dir', 'other']);
  expect(await elsewhere.ended).toBe(4);
  expect(elsewhere.stderr()).toMatch(
    /^A cockpit of tiny is already running at .* with another data folder.*\n$/,
  );
});

test('a lock left behind by a killed launcher is taken over', async () => {
  const first = await startUntilReady();
  first.child.kill('SIGKILL');
  await first.ended;
  await until('children of the killed launcher to end', () => checkout.alive().length === 0);
  await startUntilReady();
});

test('a killed launcher takes its children along, even one that is in an endless loop', async () => {
  writeFileSync(path.join(checkout.root, 'city-hangs'), '');
  const run = await startUntilReady();
  void fetch(`${url()}hang`).catch(() => undefined);
  run.child.kill('SIGKILL');
  await until('every child to end', () => checkout.alive().length === 0);
});

test('port taken: one sentence with the port, and nothing is started', async () => {
  const other = net.createServer((socket) => socket.end('not http\n'));
  await new Promise<void>((resolve) => other.listen(checkout.port, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const run = checkout.start();
  expect(await run.ended).toBe(5);
  expect(run.stderr()).toMatch(
    new RegExp(`^Port ${checkout.port} on 127.0.0.1 is already in use.*--port.*\\n$`),
  );
  expect(checkout.read('server-arguments.txt')).toBe('');
});

test.each([
  [['--prot', '1'], 2, /^Unknown option --prot: did you mean --port\?.*\n$/],
  [['--city', 'tny'], 2, /^There is no city tny in cities\/: did you mean tiny\?\n$/],
  [['--city', '../tiny'], 2, /^There is no city \.\.\/tiny/],
  [
    ['--config', 'none.yaml'],
    2,
    /^Cannot read the settings file .*none\.yaml \(ENOENT\): check --config\.\n$/,
  ],
  [['--data-dir', 'package.json/x'], 8, /^Cannot write to .*package\.json\/x \(ENOTDIR\).*\n$/],
])('%j is refused in one sentence', async (args, code, sentence) => {
  const run = checkout.start(args);
  expect(await run.ended).toBe(code);
  expect(run.stderr()).toMatch(sentence);
  expect(run.stdout()).toBe('');
});

test('no network for the install: one sentence after npm gave up', async () => {
  const packages = { '': {}, 'node_modules/x': { version: '1.0.0', resolved: 'http://127.0.0.1:9/x.tgz' } };
  writeFileSync(
    path.join(checkout.root, 'package.json'),
    JSON.stringify({ config: { city: 'tiny' }, dependencies: { x: '1.0.0', node: '24.0.0' } }),
  );
  const root = { dependencies: { x: '1.0.0', node: '24.0.0' } };
  const node = { version: '24.0.0', resolved: 'http://127.0.0.1:9/node.tgz' };
  writeFileSync(
    path.join(checkout.root, 'package-lock.json'),
    JSON.stringify({
      lockfileVersion: 3,
      requires: true,
      packages: { ...packages, '': root, 'node_modules/node': node },
    }),
  );
  rmSync(path.join(checkout.root, 'node_modules'), { recursive: true });
  const run = checkout.start(undefined, {
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_cache: path.join(checkout.root, 'npm-cache'),
  });
  expect(await run.ended).toBe(7);
  expect(run.stderr()).toMatch(
    /Installing packages failed because the package registry cannot be reached.*install\.log\n$/,
  );
});

test('when the server dies, so does the start, with the reason', async () => {
  const run = await startUntilReady();
  await fetch(`${url()}die`).catch(() => undefined);
  expect(await run.ended).toBe(1);
  expect(run.stderr()).toContain('The server stopped (code 9): the store is broken\n');
  // Killed is not gone yet: the system takes its time for a child of a dead process.
  await until('every child to end', () => checkout.alive().length === 0);
  expect(checkout.read('.data/logs/server.log')).toContain('the store is broken');
});

test('when the simulated city dies it is started again, and that is said', async () => {
  const run = await startUntilReady();
  const [first] = checkout.read('city-starts.txt').split('\n');
  const words = JSON.parse(first ?? '') as string[];
  await fetch(`http://127.0.0.1:${words[words.indexOf('--port') + 1]}/die`).catch(() => undefined);
  await until('the second start', () => run.stderr().includes('The simulated city is back.'));
  expect(run.stderr()).toContain('starting it again in 1 s');
  expect(checkout.read('city-starts.txt').trim().split('\n')).toEqual([first, first]);
  expect(run.child.exitCode).toBeNull();
});

test('without a demonstration no simulated city is started', async () => {
  await startUntilReady(['--port', String(checkout.port), '--no-demo']);
  expect(checkout.read('city-starts.txt')).toBe('');
  expect(checkout.read('server-arguments.txt')).toContain('--no-demo');
});
