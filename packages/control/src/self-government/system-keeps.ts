import { hostOf, type KeptKind, type KeptPlace, keptKindOf } from "./kept-place.ts"

interface Keeper {
  readonly kind: KeptKind
  /** The hosts that are this system's and no other's. */
  readonly hosts: readonly string[]
}

/** The systems, as the catalogue of servers calls them, that keep repositories or say who people are. */
const KEEPERS: Readonly<Record<string, Keeper>> = {
  GitHub: { kind: "repository", hosts: ["github.com", "ghe.com"] },
  GitLab: { kind: "repository", hosts: ["gitlab.com"] },
  Bitbucket: { kind: "repository", hosts: ["bitbucket.org"] },
  "Azure DevOps": { kind: "repository", hosts: ["dev.azure.com", "visualstudio.com"] },
  Okta: { kind: "provider", hosts: ["okta.com", "oktapreview.com", "okta-emea.com"] },
  "Microsoft 365 Graph": {
    kind: "provider",
    hosts: ["login.microsoftonline.com", "sts.windows.net", "login.microsoftonline.us"],
  },
}

/** Hosts of others, for which no server is known. */
const OTHERS: readonly string[] = ["accounts.google.com", "auth0.com", "codeberg.org", "sr.ht"]

/** The systems by which a repository or a sign-in could be changed. */
export const KEEPING_SYSTEMS: readonly string[] = Object.keys(KEEPERS)

/** Answers whether a system says who people are. */
export function isProvider(system: string): boolean {
  return KEEPERS[system]?.kind === "provider"
}

/**
 * Answers whether a system could be where a place is kept. At a host that is known to be one system's it is that one; at
 * one of the organisation's own it could be any of its kind.
 */
export function couldKeep(system: string, place: KeptPlace): boolean {
  const keeper = KEEPERS[system]
  if (!keeper || keeper.kind !== keptKindOf(place)) return false
  const host = hostOf(place)
  if (keeper.hosts.some((known) => isAt(host, known))) return true
  const known = [...OTHERS, ...Object.values(KEEPERS).flatMap(({ hosts }) => hosts)]
  return !known.some((one) => isAt(host, one))
}

function isAt(host: string, known: string): boolean {
  return host === known || host.endsWith(`.${known}`)
}
