/** Answers an issuer as it calls itself: without the slash that a URL has by itself where there is no path. */
export function issuerName({ href, pathname, search }: URL): string {
  return pathname === "/" && search === "" ? href.slice(0, -1) : href
}
