// What a build may skip, because an earlier one has done it, or have done by others: the shape of `speed/`. That folder
// can be deleted; builds are then only slower.

import type { LastModified } from './content/git.js';
import type { SourceParser } from './content/post.js';
import type { OutputMemory } from './output/plan.js';
import type { RenderJob } from './render-posts.js';
import type { Diagnostic, Post, PostRecord } from './types.js';

/** One build's. */
export interface Shortcuts {
  readonly parser: (parse: SourceParser, settings: unknown) => SourceParser;
  readonly lastModified: (root: string, paths: readonly string[]) => Promise<LastModified>;
  readonly render: (posts: readonly Post[], job: RenderJob) => Promise<readonly PostRecord[]>;
  /** For the output folder. */
  readonly outputs: OutputMemory;
  /** Keeps what the next build can use. Gives what was wrong with what the last one kept. */
  readonly save: () => readonly Diagnostic[];
}

export interface ShortcutOptions {
  readonly root: string;
}
