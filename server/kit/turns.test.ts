import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** An act that ends when it is told to, and writes down when it began and ended. */
function act(name: string, said: string[]): { run: () => Promise<string>; end: (error?: Error) => void } {
  const gate = Promise.withResolvers<void>();
  return {
    run: async () => {
      said.push(`${name} begins`);
      await gate.promise;
      said.push(`${name} ends`);
      return name;
    },
    end: (error) => (error ? gate.reject(error) : gate.resolve()),
  };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('lets two about one thing go one after another', async () => {
    const [turns, said] = [new Turns(), [] as string[]];
    const [first, second] = [act('first', said), act('second', said)];
    const both = [turns.take(['a'], first.run), turns.take(['a'], second.run)];
    await soon();
    expect(said).toEqual(['first begins']);
    first.end();
    second.end();
    expect(await Promise.all(both)).toEqual(['first', 'second']);
    expect(said).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('lets two about different things go at once', async () => {
    const [turns, said] = [new Turns(), [] as string[]];
    const [first, second] = [act('first', said), act('second', said)];
    const both = [turns.take(['a'], first.run), turns.take(['b'], second.run)];
    await soon();
    expect(said).toEqual(['first begins', 'second begins']);
    second.end();
    first.end();
    await Promise.all(both);
  });

  it('lets one about two things wait for both, and be waited for by both', async () => {
    const [turns, said] = [new Turns(), [] as string[]];
    const [a, b] = [act('a', said), act('b', said)];
    const [both, later] = [act('both', said), act('later', said)];
    const all = [
      turns.take(['a'], a.run),
      turns.take(['b'], b.run),
      turns.take(['a', 'b'], both.run),
      turns.take(['b'], later.run),
    ];
    b.end();
    await soon();
    expect(said).toEqual(['a begins', 'b begins', 'b ends']);
    a.end();
    await soon();
    expect(said.slice(3)).toEqual(['a ends', 'both begins']);
    both.end();
    later.end();
    await Promise.all(all);
    expect(said.at(-1)).toBe('later ends');
  });

  it('goes on after one that failed, and tells only who asked for it', async () => {
    const [turns, said] = [new Turns(), [] as string[]];
    const [first, second] = [act('first', said), act('second', said)];
    const both = [turns.take(['a'], first.run), turns.take(['a'], second.run)];
    first.end(new Error('no room'));
    second.end();
    await expect(both[0]).rejects.toThrow('no room');
    expect(await both[1]).toBe('second');
  });

  it('is settled when nothing is under way', async () => {
    const [turns, said] = [new Turns(), [] as string[]];
    await turns.settled();
    const one = act('one', said);
    const done = turns.take(['a'], one.run);
    const settled = turns.settled().then(() => said.push('settled'));
    await soon();
    expect(said).toEqual(['one begins']);
    one.end();
    await done;
    await settled;
    expect(said).toEqual(['one begins', 'one ends', 'settled']);
  });
});
