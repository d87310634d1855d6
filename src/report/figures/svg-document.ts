/**
 * What the renderer writes, as a document that stands alone: it begins with its title and a description for those who cannot see
 * it, and has no trace of the page that it was not drawn on. That is hover styles and indexes of data, and identifiers that are
 * counted through the whole process, so that the same figure would not be the same text twice.
 *
 * Its texts have no quotation marks and no angle brackets that are not escaped; what is replaced here is never one of them.
 */
export function toDocument(
  rendered: string,
  { title, about }: { readonly title: string; readonly about: string },
): string {
  const [opening = ""] = /^<svg[^>]*>/.exec(rendered) ?? [];
  const body = rendered
    .slice(opening.length)
    .replaceAll(/<style ?><!\[CDATA\[[^]*?\]\]>\s*<\/style>\s*/g, "")
    .replaceAll(/ (?:class="zr[^"]*"|ecmeta_[a-z_]+="[^"]*"|pointer-events="[^"]*")/g, "")
    .replaceAll(/ id="zr\d+-/g, ' id="')
    .replaceAll(/="url\(#zr\d+-/g, '="url(#')
    // not a character of XML, and not one that a text can be cleaned of as unprintable: nobody has assigned it
    .replaceAll(/[\ufffe\uffff]/g, "\ufffd");
  const root = opening.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace("<svg", '<svg role="img"');
  return `${root}\n<title>${escaped(title)}</title>\n<desc>${escaped(about)}</desc>${body}\n`;
}

function escaped(text: string): string {
  return text
    .replaceAll(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
