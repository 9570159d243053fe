// An error meant for the person who runs the builder: what failed with the value → where → what to do.

export class BuildProblem extends Error {
  override name = 'BuildProblem';
}

export function problem(what: string, where: string, remedy: string): BuildProblem {
  return new BuildProblem(`${what} → ${where} → ${remedy}`);
}
