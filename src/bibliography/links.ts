// DOI, address and arXiv number of a work, from the many ways in which people and databases write them.

import type { Links } from './entry.js';
import { latexToAddress } from './latex.js';

/** `field` gives the TeX of a field, or an empty text. */
export function findLinks(field: (name: string) => string): Links {
  const doi = findDoi(latexToAddress(field('doi')));
  const arxiv = findArxiv(field);
  const url = ['url', 'ee', 'howpublished', 'note']
    .map((name) => webAddress(field(name)))
    .find((found) => found !== undefined);
  return {
    ...(doi === undefined ? {} : { doi }),
    ...(url === undefined ? {} : { url }),
    ...(arxiv === undefined ? {} : { arxiv }),
  };
}

/** The value if it is an address of the web and nothing else. */
export function webAddress(value: string): string | undefined {
  const address = latexToAddress(value);
  return /^https?:\/\/[^\s<>"]+$/i.test(address) && !/\s/.test(value.trim()) && URL.canParse(address)
    ? address
    : undefined;
}

function findDoi(written: string): string | undefined {
  const doi = written.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i, '');
  return /^10\.\d{4,9}\/./.test(doi) ? doi : undefined;
}

const number = String.raw`(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?\/\d{7}(?:v\d+)?)`;

/** `eprint` with `archivePrefix`, arXiv's own DOI and address, `arXiv preprint arXiv:…`, and DBLP's `CoRR abs/…`. */
function findArxiv(field: (name: string) => string): Links['arxiv'] {
  const prefix = field('archiveprefix') || field('eprinttype');
  const isArxiv = prefix === '' || /^arxiv$/i.test(latexToAddress(prefix));
  const places: readonly (readonly [string, string])[] = [
    [isArxiv ? latexToAddress(field('eprint')) : '', `^(?:arxiv:)?${number}$`],
    [latexToAddress(field('doi')), `10\\.48550/arxiv\\.${number}$`],
    [latexToAddress(field('url')), `^https?://arxiv\\.org/(?:abs|pdf)/${number}(?:\\.pdf)?$`],
    [field('journal') || field('journaltitle'), `arxiv:\\s*${number}`],
    [field('note'), `^arxiv:\\s*${number}`],
    [/^CoRR$/i.test(field('journal')) ? field('volume') : '', `^abs/${number}$`],
  ];
  for (const [value, pattern] of places) {
    const id = new RegExp(pattern, 'i').exec(value)?.[1];
    if (id === undefined) continue;
    const subject = latexToAddress(field('primaryclass') || field('eprintclass'));
    return subject === '' ? { id } : { id, subject };
  }
  return undefined;
}
