import { describe, expect, test } from 'vitest';
import { helpText, parseArguments } from './arguments.mjs';

describe('what is given', () => {
  test('nothing: a demonstration with every choice open', () => {
    expect(parseArguments([])).toEqual({ help: false, demo: true });
  });

  test('both ways of writing a value', () => {
    expect(parseArguments(['--port', '9000', '--host=::1', '--data-dir', '/tmp/a b'])).toMatchObject({
      port: 9000,
      host: '::1',
      dataDir: '/tmp/a b',
    });
    expect(parseArguments(['--scale=0.1', '--seed', '7', '--city', 'x', '--config', 'c.yaml'])).toMatchObject(
      {
        scale: 0.1,
        seed: '7',
        city: 'x',
        config: 'c.yaml',
      },
    );
  });

  test('switches', () => {
    expect(parseArguments(['--no-demo'])).toMatchObject({ demo: false });
    expect(parseArguments(['-h'])).toMatchObject({ help: true });
  });
});

test.each([
  [['--prot', '1'], /Unknown option --prot: did you mean --port\?/],
  [['--datadir=/x'], /did you mean --data-dir\?/],
  [['--demo'], /did you mean --no-demo\?|Unknown option --demo/],
  [['--constructor'], /Unknown option --constructor/],
  [['--__proto__'], /Unknown option --__proto__/],
  [['guangyuan'], /Unknown option guangyuan/],
  [['--port'], /--port needs a value/],
  [['--port='], /--port needs a value/],
  [['--city', '--no-demo'], /--city needs a value/],
  [['--port', '0'], /--port 0 is not a port/],
  [['--port', '65536'], /--port 65536 is not a port/],
  [['--port', '80a'], /--port 80a is not a port/],
  [['--scale', '0'], /--scale 0 is not a factor/],
  [['--scale', 'NaN'], /--scale NaN is not a factor/],
  [['--seed', '-1'], /--seed -1 is not a seed/],
  [['--no-demo=yes'], /--no-demo takes no value/],
  [['--port', '1', '--port', '2'], /--port is given twice/],
])('%j is refused as wrong usage', (argv, sentence) => {
  expect(() => parseArguments(argv)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringMatching(sentence) }),
  );
});

test('the help names every option that is understood', () => {
  for (const name of ['city', 'port', 'host', 'data-dir', 'config', 'scale', 'seed', 'no-demo']) {
    expect(helpText).toContain(`--${name}`);
  }
});
