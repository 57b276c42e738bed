// Places where packages of the bundle take much longer than what they do needs, and what stands there instead: the same
// results with less work. `tests/patches.test.ts` holds the patched packages against those that are installed.

/**
 * `file`: the end of a module's path; `edits`: a text that is in it so many times, and what takes its place. A package
 * that is no longer as it was stops the compilation.
 */
export const patches = [
  {
    // The parser calls a handful of functions for every character, in four tokenizers one inside the other. Three of
    // them only look for the end of the line. `consumeChunk` goes over the rest of a line's text in one step, or up to
    // a character that `isBreak`; if `constructs` are given, only their characters can be.
    file: 'micromark/lib/create-tokenizer.js',
    edits: [
      ['    consume,\n    enter,', '    consume,\n    consumeChunk,\n    enter,'],
      [
        "  /** @type {Effects['enter']} */\n  function enter(",
        `  function consumeChunk(code, isBreak, constructs) {
    if (point._bufferIndex < 0) return consume(code);
    const chunk = chunks[point._index];
    let at = point._bufferIndex + 1;
    if (!isBreak) at = chunk.length;
    else
      for (let next; at < chunk.length; at++) {
        next = chunk.charCodeAt(at);
        if ((!constructs || constructs[next]) && isBreak(next, chunk.charCodeAt(at - 1))) break;
      }
    const count = at - point._bufferIndex;
    point.column += count;
    point.offset += count;
    if (at < chunk.length) point._bufferIndex = at;
    else {
      point._bufferIndex = -1;
      point._index++;
    }
    context.previous = chunk.charCodeAt(at - 1);
    consumed = true;
  }

  function enter(`,
      ],
      [
        'if (markdownLineEnding(code)) {\n      point.line++;',
        'if (code !== null && code < -2) {\n      point.line++;',
      ],
      [
        'if (point.line in columnStart && point.column < 2) {',
        'if (point.column < 2 && point.line in columnStart) {',
      ],
      // Most tokens that are read lie in one chunk.
      [
        '    return serializeChunks(sliceStream(token), expandTabs);\n',
        `    const { start, end } = token;
    return start._index === end._index
      ? chunks[start._index].slice(start._bufferIndex, end._bufferIndex)
      : serializeChunks(sliceStream(token), expandTabs);
`,
      ],
      [
        '    const token = fields || {};\n    token.type = type;\n    token.start = now();\n',
        `    const token = fields || { type, start: undefined, end: undefined };
    token.type = type;
    token.start = now();
`,
      ],
      // A construct that is tried makes a dozen functions and objects, of which these are the ones that it needs.
      [
        'attempt: constructFactory(onsuccessfulconstruct),\n    check: constructFactory(onsuccessfulcheck),',
        'attempt: constructFactory(false),\n    check: constructFactory(true),',
      ],
      ['interrupt: constructFactory(onsuccessfulcheck, {', 'interrupt: constructFactory(true, {'],
      [
        / {2}function constructFactory\(onreturn, fields\) \{[\s\S]*?\n {2}\}\n(?=\n {2}\/\*\*\n {3}\* @param \{Construct\} construct\n)/,
        `  function constructFactory(isCheck, fields) {
    return hook;
    function hook(constructs, returnState, bogusState) {
      const isMap = !Array.isArray(constructs) && !('tokenize' in constructs);
      const attempt = {
        list: isMap || Array.isArray(constructs) ? constructs : [constructs],
        index: 0,
        construct: undefined,
        from: 0,
        point: undefined,
        previous: null,
        currentConstruct: undefined,
        stack: undefined,
        fields,
      };
      return !isMap && attempt.list.length === 0 ? bogusState : start;
      function start(code) {
        if (isMap) {
          attempt.list = listed(code === null ? undefined : constructs[code], code === null ? undefined : constructs.null);
          attempt.index = 0;
          if (attempt.list.length === 0) return bogusState(code);
        }
        return begin(attempt, attempt.list[0], code, ok, nok);
      }
      function ok(code) {
        if (isCheck) restore(attempt);
        else addResult(attempt.construct, attempt.from);
        return returnState;
      }
      function nok(code) {
        restore(attempt);
        if (++attempt.index >= attempt.list.length) return bogusState;
        return (code) => begin(attempt, attempt.list[attempt.index], code, ok, nok);
      }
    }
  }

  function listed(left, all) {
    if (!all) return !left ? [] : Array.isArray(left) ? left : [left];
    if (!left) return Array.isArray(all) ? all : [all];
    return [].concat(left, all);
  }

  function begin(attempt, construct, code, ok, nok) {
    attempt.point = now();
    attempt.previous = context.previous;
    attempt.currentConstruct = context.currentConstruct;
    attempt.from = context.events.length;
    attempt.stack = stack.slice();
    attempt.construct = construct;
    if (!construct.partial) context.currentConstruct = construct;
    if (construct.name && context.parser.constructs.disable.null.includes(construct.name)) return nok(code);
    const own = attempt.fields ? Object.assign(Object.create(context), attempt.fields) : context;
    return construct.tokenize.call(own, effects, ok, nok)(code);
  }

  function restore(attempt) {
    point = attempt.point;
    context.previous = attempt.previous;
    context.currentConstruct = attempt.currentConstruct;
    context.events.length = attempt.from;
    stack = attempt.stack;
    accountForPotentialSkip();
  }
`,
      ],
      [/ {2}function store\(\) \{[\s\S]*?\n {2}\}\n(?=\n {2}\/\*\*\n {3}\* Move the current point)/, ''],
    ],
  },
  {
    // Most texts of a site have the same extensions, which are combined once.
    file: 'micromark/lib/parse.js',
    edits: [
      [
        'combineExtensions([defaultConstructs, ...(settings.extensions || [])]);',
        'combined(settings.extensions || []);',
      ],
      [
        'export function parse(options) {',
        `const lately = [];
function combined(extensions) {
  const known = lately.find((one) => one.extensions.length === extensions.length && one.extensions.every((extension, index) => extension === extensions[index]));
  if (known) return known.constructs;
  const constructs = combineExtensions([defaultConstructs, ...extensions]);
  lately.push({ extensions: extensions.slice(), constructs });
  if (lately.length > 8) lately.shift();
  return constructs;
}
export function parse(options) {`,
      ],
    ],
  },
  {
    file: 'micromark/lib/initialize/document.js',
    edits: [
      [
        '    effects.consume(code);\n    return flowContinue;',
        '    effects.consumeChunk(code);\n    return flowContinue;',
      ],
    ],
  },
  {
    file: 'micromark/lib/initialize/content.js',
    edits: [['    // Data.\n    effects.consume(code);', '    effects.consumeChunk(code);']],
  },
  {
    file: 'micromark-core-commonmark/lib/content.js',
    edits: [['    // Data.\n    effects.consume(code);', '    effects.consumeChunk(code);']],
  },
  {
    file: 'micromark-core-commonmark/lib/code-fenced.js',
    edits: [
      [
        '    effects.consume(code);\n    return contentChunk;',
        '    effects.consumeChunk(code);\n    return contentChunk;',
      ],
    ],
  },
  {
    // Data ends where a construct can begin.
    file: 'micromark/lib/initialize/text.js',
    edits: [
      [
        '      // Data.\n      effects.consume(code);\n      return data;',
        '      effects.consumeChunk(code, breaksAt, constructs);\n      return data;',
      ],
      [
        `      if (code === null) {
        return true;
      }
      const list = constructs[code];`,
        `      return code === null || breaksAt(code, self.previous);
    }
    function breaksAt(code, previous) {
      const list = constructs[code];`,
      ],
      ['item.previous.call(self, self.previous)', 'item.previous.call(self, previous)'],
    ],
  },
  {
    // A mark that closes emphasis looks for the one that opens it, back to the beginning of the paragraph when there is
    // none. As in cmark, how far back a mark of its kind has found nothing is noted, and the next one goes no further. What
    // is noted holds until a match changes marks there: one that has been used in part is shorter, and of another kind.
    file: 'micromark-extension-cjk-friendly/dist/ext/attention.js',
    edits: [
      ['\tlet offset;\n\twhile', '\tlet offset;\n\tconst bottoms = new Map();\n\twhile'],
      [
        '\t\topen = index;\n\t\twhile (open--) if',
        `\t\topen = index;
\t\tconst { _open, start, end } = events[index][1];
\t\tconst marker = context.sliceSerialize(events[index][1]).charCodeAt(0);
\t\tconst kind = 6 * marker + 2 * ((end.offset - start.offset) % 3) + (_open ? 1 : 0);
\t\tconst bottom = bottoms.get(kind) ?? 0;
\t\twhile (open-- > bottom) if`,
      ],
      [
        'context.sliceSerialize(events[open][1]).charCodeAt(0) === context.sliceSerialize(events[index][1]).charCodeAt(0)',
        'context.sliceSerialize(events[open][1]).charCodeAt(0) === marker',
      ],
      [
        '\t\t\tindex = open + nextEvents.length - offset - 2;\n\t\t\tbreak;\n\t\t}\n',
        `\t\t\tindex = open + nextEvents.length - offset - 2;
\t\t\tfor (const [kind, at] of bottoms) if (at >= open) bottoms.set(kind, open - 1);
\t\t\tbreak;
\t\t}
\t\tif (open < bottom) bottoms.set(kind, index);
`,
      ],
    ],
  },
  {
    // The same for what is struck out. There a mark is used whole, and is no other afterwards.
    file: 'micromark-extension-cjk-friendly-gfm-strikethrough/dist/strikethrough.js',
    edits: [
      ['\t\tlet index = -1;\n\t\twhile', '\t\tlet index = -1;\n\t\tconst bottoms = [];\n\t\twhile'],
      [
        '\t\t\tlet open = index;\n\t\t\twhile (open--) if',
        `\t\t\tlet open = index;
\t\t\tconst size = events[index][1].end.offset - events[index][1].start.offset;
\t\t\tconst bottom = bottoms[size] ?? 0;
\t\t\twhile (open-- > bottom) if`,
      ],
      [
        '\t\t\t\tindex = open + nextEvents.length - 2;\n\t\t\t\tbreak;\n\t\t\t}\n',
        `\t\t\t\tindex = open + nextEvents.length - 2;
\t\t\t\tbottoms.forEach((at, size) => {
\t\t\t\t\tif (at >= open) bottoms[size] = open - 1;
\t\t\t\t});
\t\t\t\tbreak;
\t\t\t}
\t\t\tif (open < bottom) bottoms[size] = index;
`,
      ],
    ],
  },
  {
    // Adding to the end of a list needs neither copies of it nor arguments by the thousand.
    file: 'micromark-util-chunked/index.js',
    edits: [
      [
        '  remove = remove > 0 ? remove : 0;\n',
        `  remove = remove > 0 ? remove : 0;
  if (start + remove >= end) {
    list.length = start;
    for (let index = 0; index < items.length; index++) list.push(items[index]);
    return;
  }
`,
      ],
      [
        '    parameters = Array.from(items);\n    parameters.unshift(start, remove);\n    // @ts-expect-error Hush, it’s fine.\n    list.splice(...parameters);\n',
        '    list.splice(start, remove, ...items);\n',
      ],
    ],
  },
  {
    // What is inside of what was just tokenized is looked at in the next round, and each round looks at all events from
    // the beginning. When all definitions are known, going into it at once makes one round of four.
    file: 'micromark-util-subtokenize/index.js',
    edits: [
      ['subtokenize(eventsArray) {', 'subtokenize(eventsArray, isDeep) {'],
      [
        '{\n          ...events.get(lineIndex)[1].start\n        }',
        'pointLike(events.get(lineIndex)[1].start)',
      ],
      [
        'export function subtokenize(',
        `function pointLike({ _bufferIndex, _index, line, column, offset }) {
  return { _bufferIndex, _index, line, column, offset };
}
export function subtokenize(`,
      ],
      [
        'function subcontent(events, eventIndex) {\n  const token = events.get(eventIndex)[1];\n  const context = events.get(eventIndex)[2];\n  let startPosition = eventIndex - 1;\n',
        `function subcontent(events, eventIndex, isDeep) {
  const token = events.get(eventIndex)[1];
  const context = events.get(eventIndex)[2];
  let startPosition = eventIndex - 1;
  const { atOnce } = context.parser.constructs;
  const lines = isDeep && atOnce && atOnce.null && token.contentType === 'text' && atOnce.null[0].text(token, context);
  if (lines) {
    for (let line = 0, at = eventIndex, current = token; current; line++, current = current.next) {
      while (events.get(at)[1] !== current) at++;
      events.splice(at, 2, lines[line]);
      at += lines[line].length;
    }
    return {};
  }
`,
      ],
      ['    while (index in jumps) {', '    while (!isDeep && index in jumps) {'],
      ['while (++index < jumps.length) {', 'while (!isDeep && ++index < jumps.length) {'],
      [
        '        Object.assign(jumps, subcontent(events, index));\n        index = jumps[index];\n',
        '        const gaps = subcontent(events, index, isDeep);\n        if (isDeep) index--;\n        else {\n          Object.assign(jumps, gaps);\n          index = jumps[index];\n        }\n',
      ],
    ],
  },
  {
    file: 'micromark/lib/postprocess.js',
    edits: [['  while (!subtokenize(events)) {\n    // Empty\n  }', '  subtokenize(events, true);']],
  },
  {
    // For each event of the parser the package that makes the tree copies its context, to put one function in. Here the
    // function is put into the one context: no handler keeps it. And texts with the same extensions share the handlers.
    file: 'mdast-util-from-markdown/lib/index.js',
    edits: [
      // Most blocks need no tokenizer (`src/markdown/at-once/`).
      [
        'postprocess(parse(options).document().write(preprocess()(value, encoding, true)))',
        'documentEvents(value, encoding, parse(options))',
      ],
      [
        'function compiler(options) {\n',
        `function documentEvents(value, encoding, parser) {
  const { atOnce } = parser.constructs;
  const tokenize = (markdown, from) => parser.document(from).write(preprocess()(markdown, encoding, true));
  return atOnce && atOnce.null
    ? atOnce.null[0].document(value, parser, { tokenize, finish: postprocess })
    : postprocess(tokenize(value));
}
function compiler(options) {
`,
      ],
      [
        'function compiler(options) {\n',
        `const lately = [];
function compiler(options) {
  const extensions = (options || {}).mdastExtensions || [];
  const known = lately.find((one) => one.extensions.length === extensions.length && one.extensions.every((extension, index) => extension === extensions[index]));
  if (known) return known.compile;
`,
      ],
      [
        '  const data = {};\n  return compile;\n',
        `  lately.push({ extensions: extensions.slice(), compile });
  if (lately.length > 8) lately.shift();
  return compile;
`,
      ],
      ['      resume,\n      data\n    };', '      resume,\n      data: {}\n    };'],
      [
        `      prepared.push(events[index]);
      if (events[index][1].type === "listOrdered" || events[index][1].type === "listUnordered") {`,
        `      prepared.push(events[index]);
      const type = events[index][1].type;
      if (type === "listOrdered" || type === "listUnordered") {`,
      ],
      [
        / {6}const handler = config\[events\[index\]\[0\]\];[\s\S]*?(?= {4}\}\n\n {4}\/\/ Handle tokens still being open)/,
        `      const event = events[index];
      const token = event[1];
      const isEnter = event[0] === 'enter';
      context.sliceSerialize = event[2].sliceSerialize;
      if (isEnter && config.beforeEnter.length > 0) callListeners(config.beforeEnter, context, token);
      const handler = (isEnter ? config.enter : config.exit)[token.type];
      if (handler) handler.call(context, token);
      if (!isEnter && config.afterExit.length > 0) callListeners(config.afterExit, context, token);
`,
      ],
    ],
  },
  {
    // Few lengths come again and again; most tokens are one character that needs no regular expression.
    file: 'katex/dist/katex.mjs',
    edits: [
      [
        'var makeEm = function makeEm(n) {\n  return +n.toFixed(4) + "em";\n};',
        `var emLengths = new Float64Array(4096).fill(NaN);
var emTexts = new Array(4096).fill("");
var makeEm = function makeEm(n) {
  var place = (n * 1234567) & 4095;
  if (emLengths[place] === n) return emTexts[place];
  emLengths[place] = n;
  return emTexts[place] = +n.toFixed(4) + "em";
};`,
      ],
      // One expression for all lexers, each of which keeps its place.
      ["    this.tokenRegex = new RegExp(tokenRegexString, 'g');", '    this.tokenRegex = { lastIndex: 0 };'],
      ['class Lexer {\n', "var tokenExpression = new RegExp(tokenRegexString, 'g');\nclass Lexer {\n"],
      [
        `    var match = this.tokenRegex.exec(input);
    if (match === null`,
        `    var code = input.charCodeAt(pos);
    if (code > 32 && code < 127 && code !== 37 && code !== 92) {
      var next = input.charCodeAt(pos + 1);
      if (!(next >= 0x300 && next <= 0x36f)) {
        this.tokenRegex.lastIndex = pos + 1;
        return new Token(input[pos], new SourceLocation(this, pos, pos + 1));
      }
    }
    tokenExpression.lastIndex = pos;
    var match = tokenExpression.exec(input);
    this.tokenRegex.lastIndex = tokenExpression.lastIndex;
    if (match === null`,
      ],
    ],
  },
  {
    // Most texts have nothing that is to be replaced, and finding that out takes less than replacing.
    file: 'stringify-entities/lib/core.js',
    edits: [
      [
        `  value = value.replace(
    options.subset
      ? charactersToExpressionCached(options.subset)
      : defaultSubsetRegex,
    basic
  )
`,
        `  const expression = options.subset
    ? charactersToExpressionCached(options.subset)
    : defaultSubsetRegex;
  expression.lastIndex = 0;
  if (expression.test(value)) {
    expression.lastIndex = 0;
    value = value.replace(expression, basic);
  }
`,
      ],
    ],
  },
  {
    // Of all nodes, two types are looked for.
    file: 'mdast-util-to-hast/lib/state.js',
    edits: [
      ['  visit(tree, function (node) {\n', '  everyNode(tree, function (node) {\n'],
      [
        'export function createState(',
        `function everyNode(node, look) {
  look(node);
  if (node.children) for (const child of node.children) everyNode(child, look);
}
export function createState(`,
      ],
    ],
  },
  {
    // A name for each node of a tree, for stack traces.
    file: 'unist-util-visit-parents/lib/index.js',
    edits: [["if (typeof value.type === 'string') {", 'if (false) {']],
  },
  {
    // Patterns of grammars run in our engine (`src/markdown/pattern-engine.ts`).
    file: '@wooorm/starry-night/lib/index.js',
    edits: [['  return vscodeOniguruma\n', '  return options.engine(vscodeOniguruma)\n']],
  },
];

/** A plugin of the bundler that makes these edits. */
export function patched() {
  return {
    name: 'patched',
    transform: (code, id) => {
      const path = id.replaceAll('\\', '/');
      const patch = patches.find(({ file }) => path.endsWith(`node_modules/${file}`));
      return patch ? withEdits(code, patch) : null;
    },
  };
}

function withEdits(code, { file, edits }) {
  return edits.reduce((text, [from, to, times = 1]) => {
    const found = typeof from === 'string' ? text.split(from).length - 1 : (text.match(from)?.length ?? 0);
    if (found !== times) throw new Error(`${file} is not as it was: ${from}`);
    return typeof from === 'string' ? text.replace(from, () => to) : text.replace(from, to);
  }, code);
}
