// The one door to this folder; see `shortcuts.ts`. What is behind it is loaded when it is wanted: most builds find that
// nothing has changed, and want only to know that.
import type { SpeedModule } from '../shortcuts.js';

export const openShortcuts: SpeedModule['openShortcuts'] = async (options) =>
  (await import('./open.js')).openShortcuts(options);

export const recallBuild: SpeedModule['recallBuild'] = async (options) =>
  (await import('./recall.js')).recallBuild(options);
