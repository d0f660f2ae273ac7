import { type Clock, newId, type Organisation } from "@tabard/core"

/** The slug of the organisation that stands at the root of all addresses. */
export const DEFAULT_SLUG = "default"

/** The first organisation of an installation. Its trust domain is the name it is reached by, fixed from here on. */
export function defaultOrganisation(clock: Clock, publicUrl: string): Organisation {
  const { hostname } = new URL(publicUrl)
  const local = hostname === "localhost" || /^[\d.]+$|^\[/.test(hostname)
  return {
    id: newId("organisation", clock),
    slug: DEFAULT_SLUG,
    name: "Default organisation",
    trustDomain: local ? "tabard.localhost" : hostname,
  }
}
