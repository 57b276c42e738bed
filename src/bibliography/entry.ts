// An entry of a bibliography as the styles need it: TeX read, names divided, links found.
import { encodePath } from '../path.js';
import type { Diagnostic, Place } from '../types.js';
import type { Names } from './names.js';
import type { Rich } from './rich.js';

export interface Entry {
  /** NFC, as posts cite it. */
  readonly key: string;
  /** Of the key in the `.bib` file. */
  readonly place: Place;
  /** `article`, `inproceedings`, `book`, …: see `entry-types.ts`. */
  readonly type: string;
  /** The language that the work is in, as far as it changes how it is quoted. */
  readonly language: 'en' | 'ko';
  readonly authors: Names;
  readonly editors: Names;
  /** As a text: `2017`, `in press`; empty when none is given. */
  readonly year: string;
  readonly fields: Readonly<Partial<Record<FieldName, Rich>>>;
  readonly links: Links;
  /** Warnings about the entry. They matter only where it is cited: libraries are large, and made by programs. */
  readonly remarks: readonly Diagnostic[];
}

export interface Links {
  /** Without a resolver: `10.1145/3298689.3346996`. */
  readonly doi?: string;
  /** `http:` or `https:`. */
  readonly url?: string;
  /** `1706.03762`, and its class: `cs.CL`. */
  readonly arxiv?: { readonly id: string; readonly subject?: string };
}

/** What is shown of a work beside its authors and year. */
export const fieldNames = [
  'title',
  'journal',
  'booktitle',
  'series',
  'volume',
  'number',
  'pages',
  'chapter',
  'edition',
  'version',
  'kind',
  'howpublished',
  'organization',
  'publisher',
  'institution',
  'note',
] as const;

export type FieldName = (typeof fieldNames)[number];

/** Where readers find the work: its DOI, else the address given, else arXiv. */
export function mainLink({ doi, url, arxiv }: Links): string | undefined {
  if (doi !== undefined) return `https://doi.org/${encodePath(doi)}`;
  return url ?? (arxiv === undefined ? undefined : arxivLink(arxiv.id));
}

export function arxivLink(id: string): string {
  return `https://arxiv.org/abs/${encodePath(id)}`;
}
