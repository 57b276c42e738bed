// THE list of Markdown constructs. Its order is the order in which they run: a construct sees the tree as those
// above it have left it.
import type { Feature } from './feature.js';
import { callouts } from './features/callouts.js';
import { citations } from './features/citations.js';
import { code } from './features/code.js';
import { emphasis } from './features/emphasis.js';
import { footnotes } from './features/footnotes.js';
import { foreignSyntax } from './features/foreign-syntax.js';
import { autolinkLiteral, emailLiteral, strikethrough, table, taskList } from './features/gfm.js';
import { headingIds } from './features/headings.js';
import { htmlCode } from './features/html-code.js';
import { htmlMath } from './features/html-math.js';
import { figures, images } from './features/images.js';
import { links } from './features/links.js';
import { liquidAddresses } from './features/liquid-addresses.js';
import { math } from './features/math.js';
import { rawHtml } from './features/raw-html.js';
import { formulasOfReferences, references } from './features/references.js';
import { captionedTables } from './features/tables.js';
import { theorems } from './features/theorems.js';

export const features: readonly Feature[] = [
  emphasis,
  strikethrough,
  table,
  taskList,
  footnotes,
  autolinkLiteral,
  emailLiteral,
  // Before all that looks into texts.
  htmlCode,
  callouts,
  headingIds,
  liquidAddresses,
  // Captions become part of the tree before formulas are numbered and set in its order.
  figures,
  captionedTables,
  // While texts are as they are written: what follows divides them.
  foreignSyntax,
  theorems,
  citations,
  htmlMath,
  formulasOfReferences,
  math,
  references,
  images,
  code,
  rawHtml,
  links,
];
