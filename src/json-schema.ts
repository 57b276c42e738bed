// JSON schemas of `site.yaml` and of front matter, for editors: made from the schemas that files are held against, so
// that they cannot say something else. What a file may say, an editor must not mark.
import * as z from 'zod';
import { configSchema } from './config-schema.js';
import { coverKeys, frontMatterSchema } from './content/fields.js';

type Schema = z.core.JSONSchema.BaseSchema;

export function siteSchema(): Schema {
  return schemaOf(configSchema, 'site.yaml of Postulate', {
    languages: [{ type: 'array' }],
  });
}

export function postSchema(): Schema {
  const named: Schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
  const names: Schema[] = [named, { type: 'array', items: { anyOf: [{ type: 'string' }, named] } }];
  const nested: Schema[] = [{ type: 'array', items: { type: [...text, 'array'] } }];
  const cover = Object.fromEntries(
    ['alt', 'caption', ...coverKeys].map((key): [string, Schema] => [key, { type: text }]),
  );
  return schemaOf(frontMatterSchema, 'Front matter of a post for Postulate', {
    authors: names,
    series: names,
    tags: nested,
    categories: nested,
    cover: [{ type: text }, { type: 'object', properties: cover }],
    toc: [{ type: 'object' }, { type: 'array' }],
    comments: [{ type: 'object' }, { type: 'array' }],
    // With others it is the day of publication.
    published: [{ type: 'string' }, { type: 'number' }],
  });
}

/** `forms`: what else than the schema says a key may be, because it is turned into that. */
function schemaOf(
  schema: z.ZodType,
  title: string,
  forms: Readonly<Record<string, readonly Schema[]>>,
): Schema {
  const { $schema, properties = {}, ...rest } = z.toJSONSchema(schema, { io: 'input', override: loosen });
  const written = Object.entries(properties).map(([key, value]) => {
    const others = forms[key];
    if (others === undefined || typeof value === 'boolean') return [key, value];
    const { description, ...own } = value;
    return [key, { ...(description ? { description } : {}), anyOf: [own, ...others] }];
  });
  return { ...($schema ? { $schema } : {}), title, ...rest, properties: Object.fromEntries(written) };
}

const text: z.core.JSONSchema.SchemaType[] = ['string', 'number', 'boolean', 'null'];

/** Scalars are read as texts: `2019` is one. A list of texts can be one text; a key with nothing behind it is not set. */
const types: Readonly<Record<string, readonly string[]>> = {
  string: text,
  array: ['array', ...text],
  object: ['object', 'null'],
};

/** What is proposed, and what is read besides: words in any case. */
const flag: readonly Schema[] = [
  { enum: [true, false, null] },
  {
    type: 'string',
    pattern: `^(?:${['true', 'false', 'yes', 'no', 'on', 'off'].map(inAnyCase).join('|')})$`,
  },
];

function inAnyCase(word: string): string {
  return word.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);
}

/** Lets a schema accept what its value may be written as. */
function loosen({ jsonSchema }: { readonly jsonSchema: Schema }): void {
  const { type, enum: options } = jsonSchema;
  // The same object comes again for each schema that is wrapped round another.
  if (typeof type !== 'string') return;
  if (type === 'boolean') jsonSchema.anyOf = [...flag];
  else if (type === 'integer') jsonSchema.anyOf = whole(jsonSchema);
  else if (options) jsonSchema.enum = [...options, null];
  if (jsonSchema.enum || jsonSchema.anyOf) delete jsonSchema.type;
  else Object.assign(jsonSchema, { type: types[type] });
}

/** A number, or the same in quotes; its bounds go with it. */
function whole(jsonSchema: Schema): Schema[] {
  const { minimum, maximum } = jsonSchema;
  delete jsonSchema.minimum;
  delete jsonSchema.maximum;
  return [
    {
      type: 'integer',
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    },
    { type: 'string', pattern: '^\\d+$' },
    { type: 'null' },
  ];
}
