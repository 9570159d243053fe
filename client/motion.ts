// Whether this screen keeps still: the wish of the system, or the setting 静 of a wall.
export const isStill = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ||
  document.documentElement.dataset['motion'] === 'still';
