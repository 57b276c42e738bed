// The part of subset-font that is used; the package has no types of its own.
declare module 'subset-font' {
  /** The font with the glyphs of these characters alone. */
  export default function subsetFont(
    font: Buffer,
    characters: string,
    options: { readonly targetFormat: 'woff2' },
  ): Promise<Buffer>;
}
