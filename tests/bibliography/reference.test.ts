// How works are set in the list of references, by kind of work and in both styles.
import { describe, expect, it } from 'vitest';
import { type CitationStyle, labelWorks } from '../../src/bibliography/cite.js';
import { parseBibliography } from '../../src/bibliography/parse.js';
import { formatReference } from '../../src/bibliography/reference.js';
import type { Inline } from '../../src/bibliography/rich.js';
import { citationWords } from '../../src/bibliography/words.js';

/** Emphasis between underscores, links as in Markdown, formulas between dollars. */
function show(part: Inline): string {
  if (typeof part === 'string') return part;
  if (part.type === 'formula') return `$${part.tex}$`;
  const children = part.children.map(show).join('');
  return part.type === 'emphasis' ? `_${children}_` : `[${children}](${part.href})`;
}

function reference(source: string, style: CitationStyle): string {
  const { entries, diagnostics } = parseBibliography(source, 'references.bib');
  expect(diagnostics).toEqual([]);
  const [entry] = entries.values();
  const label = entry && labelWorks([entry.key], entries, 'en', citationWords({})).get(entry.key);
  return entry && label ? formatReference(entry, label, style).map(show).join('') : '';
}

const works: readonly (readonly [string, string, string, string])[] = [
  [
    'an article',
    '@article{a, author = {Kim, Ada B. and Lee, Jean-Paul and Park, C.}, title = {On $x^2$}, journal = {JMLR}, volume = 3, number = 2, pages = {10-20}, year = 2003, doi = {10.1/a_b}}',
    'Kim, A. B., Lee, J.-P., and Park, C. (2003). On $x^2$. _JMLR_, 3(2), 10–20.',
    'A. B. Kim, J.-P. Lee, and C. Park. On $x^2$. _JMLR_, 3(2), 10–20, 2003.',
  ],
  [
    'an article with a DOI',
    '@article{a, author = {Kim, A.}, title = {T}, journal = {J}, year = 2003, doi = {10.1145/3298689}, url = {https://x.org}}',
    'Kim, A. (2003). [T](https://doi.org/10.1145/3298689). _J_.',
    'A. Kim. [T](https://doi.org/10.1145/3298689). _J_, 2003.',
  ],
  [
    'a paper of a conference',
    '@inproceedings{a, author = {Luong, M. and Manning, C.}, title = {Effective?}, booktitle = {EMNLP}, editor = {Ed, I. and Itor, J.}, pages = {1--9}, publisher = {ACL}, year = 2015}',
    'Luong, M. and Manning, C. (2015). Effective? In I. Ed and J. Itor (eds.), _EMNLP_, pp. 1–9, ACL.',
    'M. Luong and C. Manning. Effective? In I. Ed and J. Itor (eds.), _EMNLP_, pp. 1–9, ACL, 2015.',
  ],
  [
    'a preprint',
    '@misc{a, author = {Vaswani, Ashish and others}, title = {Attention}, eprint = {1706.03762}, archivePrefix = {arXiv}, primaryClass = {cs.CL}, year = 2017}',
    'Vaswani, A., et al. (2017). [Attention](https://arxiv.org/abs/1706.03762). [arXiv:1706.03762 [cs.CL]](https://arxiv.org/abs/1706.03762).',
    'A. Vaswani, et al. [Attention](https://arxiv.org/abs/1706.03762). 2017. [arXiv:1706.03762 [cs.CL]](https://arxiv.org/abs/1706.03762).',
  ],
  [
    'a preprint as Google Scholar writes it',
    '@article{a, author = {Cho, K.}, title = {T}, journal = {arXiv preprint arXiv:1409.0473}, year = 2014}',
    'Cho, K. (2014). [T](https://arxiv.org/abs/1409.0473). _arXiv preprint arXiv:1409.0473_.',
    'K. Cho. [T](https://arxiv.org/abs/1409.0473). _arXiv preprint arXiv:1409.0473_, 2014.',
  ],
  [
    'a book',
    '@book{a, author = {Bishop, C. M.}, title = {Pattern Recognition}, edition = 2, series = {Statistics}, volume = 4, publisher = {Springer}, year = 2006}',
    'Bishop, C. M. (2006). _Pattern Recognition_. 2nd edition, Statistics, vol. 4, Springer.',
    'C. M. Bishop. _Pattern Recognition_. 2nd edition, Statistics, vol. 4, Springer, 2006.',
  ],
  [
    'an edited book',
    '@book{a, editor = {Guyon, I.}, title = {Advances}, volume = 30, year = 2017}',
    'Guyon, I. (ed.) (2017). _Advances_. Vol. 30.',
    'I. Guyon (ed.). _Advances_. Vol. 30, 2017.',
  ],
  [
    'a chapter',
    '@incollection{a, author = {King, Jr., M. L.}, title = {T}, booktitle = {B}, chapter = 5, pages = {7}, year = 1960}',
    'King, M. L., Jr. (1960). T. In _B_, chapter 5, p. 7.',
    'M. L. King Jr. T. In _B_, chapter 5, p. 7, 1960.',
  ],
  [
    'a doctoral thesis',
    '@phdthesis{a, author = {van der Maaten, L.}, title = {T}, school = {Tilburg University}, year = 2009}',
    'van der Maaten, L. (2009). _T_. PhD thesis, Tilburg University.',
    'L. van der Maaten. _T_. PhD thesis, Tilburg University, 2009.',
  ],
  [
    'a thesis of biblatex',
    '@thesis{a, author = {Kim, A.}, title = {T}, type = {mathesis}, institution = {KAIST}, date = {2010-02-01}}',
    'Kim, A. (2010). _T_. Master’s thesis, KAIST.',
    'A. Kim. _T_. Master’s thesis, KAIST, 2010.',
  ],
  [
    'a report',
    '@techreport{a, author = {Kim, A.}, title = {T}, number = {99-02}, institution = {MIT}, year = 1999}',
    'Kim, A. (1999). _T_. Technical report 99-02, MIT.',
    'A. Kim. _T_. Technical report 99-02, MIT, 1999.',
  ],
  [
    'a page of the web',
    '@online{a, author = {Weng, Lilian}, title = {Attention? Attention!}, url = {https://example.org/a}, organization = {Lil’Log}, year = 2018}',
    'Weng, L. (2018). [Attention? Attention!](https://example.org/a) Lil’Log.',
    'L. Weng. [Attention? Attention!](https://example.org/a) Lil’Log, 2018.',
  ],
  [
    'a page of the web in its older form',
    '@misc{a, author = {{OpenAI}}, title = {GPT}, howpublished = {\\url{https://example.org}}, note = {Accessed: 2024-01-02}}',
    'OpenAI (n.d.). [GPT](https://example.org). Accessed: 2024-01-02.',
    'OpenAI. [GPT](https://example.org). Accessed: 2024-01-02.',
  ],
  [
    'a work without authors',
    '@misc{a, title = {The Manual}, year = 2020, publisher = {Press}}',
    'The Manual (2020). Press.',
    'The Manual. Press, 2020.',
  ],
  ['a work of which only the key is known', '@misc{abc, year = {}}', 'abc (n.d.).', 'abc.'],
  [
    'a Korean article',
    '@article{a, author = {홍길동 and 김, 철수 and 이영희}, title = {추천 시스템}, journal = {정보과학회논문지}, volume = 44, number = 3, pages = {45--60}, year = 2017}',
    '홍길동, 김철수, 이영희(2017). 추천 시스템. _정보과학회논문지_, 44(3), 45–60.',
    '홍길동, 김철수, 이영희. 추천 시스템. _정보과학회논문지_, 44(3), 45–60, 2017.',
  ],
  [
    'a Korean thesis',
    '@mastersthesis{a, author = {홍길동}, title = {추천 시스템}, school = {서울대학교}, year = 2017}',
    '홍길동(2017). _추천 시스템_. 석사 학위 논문, 서울대학교.',
    '홍길동. _추천 시스템_. 석사 학위 논문, 서울대학교, 2017.',
  ],
  [
    'a Korean paper of a conference',
    '@inproceedings{a, author = {홍길동 and others}, title = {제목}, booktitle = {학술대회 논문집}, pages = {1--3}, year = 2017}',
    '홍길동 등(2017). 제목. _학술대회 논문집_, 1–3쪽.',
    '홍길동 등. 제목. _학술대회 논문집_, 1–3쪽, 2017.',
  ],
];

describe('a reference', () => {
  it.each(works)('to %s is set by author and year, and by number', (_, source, authorYear, numeric) => {
    expect(reference(source, 'author-year')).toBe(authorYear);
    expect(reference(source, 'numeric')).toBe(numeric);
  });

  it('names ten of more than twelve authors', () => {
    const authors = (count: number) =>
      Array.from({ length: count }, (_, index) => `A${index}, B.`).join(' and ');
    const names = (count: number) =>
      reference(`@misc{a, author = {${authors(count)}}, title = {T}, year = 2020}`, 'author-year').split(
        ' (',
      )[0];
    expect(names(12)).toMatch(/A10, B\., and A11, B\.$/);
    expect(names(13)).toMatch(/A9, B\., et al\.$/);
  });

  it('links nothing that is no address of the web', () => {
    expect(reference('@misc{a, title = {T}, url = {https://example.org}}', 'numeric')).toContain(
      '](https://example.org)',
    );
    expect(reference('@misc{a, title = {T}, url = {javascript:alert(1)}}', 'numeric')).toBe('T.');
  });
});
