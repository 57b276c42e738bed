// The files that pages become: printed with templates, one when it is wanted.
import vento from 'ventojs';
import { VentoError } from 'ventojs/core/errors.js';
import { MemoryLoader } from 'ventojs/loaders/memory.js';
import { diagnostic } from '../diagnostic.js';
import { once } from '../once.js';
import type { LateText, Page, PageSources } from '../pages/page.js';
import { placesIn } from '../place.js';
import { sha256 } from '../sha256.js';
import type { Diagnostic, Output } from '../types.js';

/** What pages are printed with. Plain data. */
export interface Templates {
  /** By path below `templates/`: `layout.vto`. */
  readonly texts: readonly (readonly [path: string, text: string])[];
  /** Whether all are the theme's, which only put a body into its page. A site's own may do anything with it. */
  readonly areOwn: boolean;
}

/**
 * The files that pages become. A template that fails is an error of the site's configuration: templates are
 * trusted, and the theme's own are tested.
 */
export function pageFiles(pages: readonly Page[], { texts, areOwn }: Templates): readonly Output[] {
  const style = sha256(JSON.stringify(texts));
  const onceKey = keyOnce();
  let environment: ReturnType<typeof vento> | undefined;
  const print = async (
    template: string,
    view: object,
    body: LateText | undefined,
    fillings: readonly string[],
  ) => {
    environment ??= makeEnvironment(texts);
    const bytes = areOwn ? body?.bytes : undefined;
    const page = body ? { ...view, bodyHtml: bytes ? bodyMark : body.text(fillings) } : view;
    let html: string;
    try {
      const { content } = await environment.run(`/${template}.vto`, { page });
      html = `${content.trim()}\n`;
    } catch (error) {
      return { fault: templateError(await located(error, template, page, texts), template) };
    }
    // What is wrong with a body is not the template's fault.
    return { content: bytes ? putBody(html, bytes(fillings)) : html };
  };
  return pages.map((page): Output => {
    if ('content' in page) return page;
    const { path } = page;
    if ('text' in page) {
      const { from, text } = page;
      return {
        path,
        prepare: () => ({
          key: () => sha256(JSON.stringify([onceKey(from.shared), from.own()])),
          print: async () => ({ content: joined(text()) }),
        }),
      };
    }
    const { template, view, from, body } = page;
    return {
      path,
      prepare: () => {
        const viewOnce = once(view);
        const fillings = once(() => body?.fillings() ?? []);
        return {
          key: () => {
            const { shared, own } = from ?? sourcesOf(viewOnce);
            return sha256(JSON.stringify([style, template, onceKey(shared), own(), fillings()]));
          },
          print: () => print(template, viewOnce(), body, fillings()),
        };
      },
    };
  });
}

/** Stands for a body while its page is printed: a body is long, and lies there as it is written. */
const bodyMark = '<!--body\u{10fffe}-->';

function putBody(html: string, body: readonly Uint8Array[]): Uint8Array {
  const at = html.indexOf(bodyMark);
  return joined([html.slice(0, at), ...body, html.slice(at + bodyMark.length)]);
}

function joined(parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** A page is made of its view. Interface texts are the same object on every page of a language. */
function sourcesOf(view: () => { readonly texts?: object }): PageSources {
  const { texts = {}, ...rest } = view();
  return { shared: texts, own: () => rest };
}

/** Many pages share what is large. */
function keyOnce(): (value: object) => string {
  const keys = new WeakMap<object, string>();
  return (value) => {
    const key = keys.get(value) ?? sha256(JSON.stringify(value));
    keys.set(value, key);
    return key;
  };
}

function makeEnvironment(texts: Templates['texts'], strict = true): ReturnType<typeof vento> {
  const contents = texts.map(([path, text]) => [`/${path}`, text]);
  const loader = new MemoryLoader(Object.fromEntries(contents));
  return vento({ includes: loader, autoescape: true, strict });
}

interface TemplateFailure {
  readonly message: string;
  /** Of the template that fails, perhaps one that is included. */
  readonly file?: string | undefined;
  readonly source?: string | undefined;
  /** Offset in the source. */
  readonly position?: number | undefined;
}

/**
 * The place of what fails in a template. Where names have to be known, Vento has none for what fails while a template
 * runs. Where they need not be, it has, and all else fails there as well; a name that is not known is searched for.
 */
async function located(
  error: unknown,
  template: string,
  page: object,
  texts: Templates['texts'],
): Promise<TemplateFailure> {
  const message = error instanceof Error ? error.message : String(error);
  const own = error instanceof VentoError ? await error.getContext() : undefined;
  // What a filter fails at has a position in a template, and not which.
  if (own?.source !== undefined) return own;
  const [, name] = /^(\S+) is not defined$/.exec(message) ?? [];
  if (name !== undefined) return { message, ...placeOfName(name, template, texts) };
  try {
    await makeEnvironment(texts, false).run(`/${template}.vto`, { page });
  } catch (again) {
    const context = again instanceof VentoError ? await again.getContext() : undefined;
    if (context?.message === message && context.source !== undefined) return context;
  }
  return { message };
}

/** The first tag with a name that is no property, in the template or else in any other. */
function placeOfName(
  name: string,
  template: string,
  texts: Templates['texts'],
): Omit<TemplateFailure, 'message'> {
  const isOwn = ([path]: Templates['texts'][number]) => path === `${template}.vto`;
  const hasName = (tag: string) =>
    tag.split(/[^\p{L}\p{N}_$.]+/u).some((word) => word.split('.')[0] === name);
  for (const [path, source] of [...texts.filter(isOwn), ...texts])
    for (const { 0: tag, index } of source.matchAll(/\{\{.*?\}\}/gs))
      if (hasName(tag)) return { file: `/${path}`, source, position: index };
  return {};
}

function templateError({ message, file, source, position }: TemplateFailure, template: string): Diagnostic {
  const path = `templates${file ?? `/${template}.vto`}`;
  const place =
    source === undefined || position === undefined ? { file: path } : placesIn(path, source)(position);
  return diagnostic(
    'error',
    'config/template',
    message.split('\n')[0] ?? message,
    place,
    'compare it with the theme’s own template of that name',
  );
}
