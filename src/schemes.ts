// What an address that an author writes may be: nothing that a reader's browser would run, and no local file.

/** Schemes a link may have. */
export const linkSchemes: readonly string[] = [
  'http',
  'https',
  'mailto',
  'tel',
  'sms',
  'xmpp',
  'irc',
  'ircs',
  'doi',
  'magnet',
  'ftp',
  'news',
  'geo',
];

/** The scheme as a browser reads it, in lower case; undefined for an address of this site. */
export function schemeOf(address: string): string | undefined {
  // Browsers ignore control characters and spaces in front of a scheme, tabs and line ends inside it.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  const written = address.replace(/[\u0000-\u0020\u007f-\u009f]/g, '');
  return /^([a-z][a-z0-9+.-]*):/i.exec(written)?.[1]?.toLowerCase();
}

/** Whether an image may come from there. In an image even SVG runs nothing. */
export function isImageAddress(address: string): boolean {
  const scheme = schemeOf(address);
  return (
    scheme === undefined ||
    scheme === 'http' ||
    scheme === 'https' ||
    /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/i.test(address)
  );
}

/** The host of another site that a browser would ask; undefined for addresses of this site and without a host. */
export function otherHost(address: string): string | undefined {
  if (!/^(?:https?:)?\/\//i.test(address)) return undefined;
  return URL.canParse(address, 'https://here.invalid')
    ? new URL(address, 'https://here.invalid').host
    : address;
}
