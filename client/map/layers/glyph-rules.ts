// Every glyph rule, found by folder walk; the worker runs them.
import type { GlyphRule } from '../glyphs/rule.ts';

const modules = import.meta.glob<{ glyphs: GlyphRule }>('./*/glyph.ts', { eager: true });

export const glyphRules: readonly GlyphRule[] = Object.values(modules).map((module) => module.glyphs);
