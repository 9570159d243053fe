// Run before each test file. One process holds many of them: each loads our own modules anew, so that what one leaves in a
// store is not there for the next; packages stay. Properties try the same cases in every run, so that none fails only
// now and then: another number here tries others.
import fc from 'fast-check';
import { vi } from 'vitest';

vi.resetModules();
fc.configureGlobal({ seed: 20_261_129 });
