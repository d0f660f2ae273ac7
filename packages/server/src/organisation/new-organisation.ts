import { type Clock, newId, type Organisation } from "@tabard/core"

/** The slug of the organisation that is served where nobody names another. */
export const DEFAULT_SLUG = "default"

/** An organisation on its first day. Its trust domain is the name it is reached by, fixed from here on. */
export function newOrganisation(
  slug: string,
  { clock, publicUrl }: { readonly clock: Clock; readonly publicUrl: string },
): Organisation {
  const domain = trustDomainOf(new URL(publicUrl).hostname)
  const isDefault = slug === DEFAULT_SLUG
  return {
    id: newId("organisation", clock),
    slug,
    name: isDefault ? "Default organisation" : slug,
    // On one name there may be several: the agents of each are another trust domain's.
    trustDomain: isDefault ? domain : `${slug}.${domain}`,
  }
}

function trustDomainOf(hostname: string): string {
  const isLocal = hostname === "localhost" || /^[\d.]+$|^\[/.test(hostname)
  return isLocal ? "tabard.localhost" : hostname
}
