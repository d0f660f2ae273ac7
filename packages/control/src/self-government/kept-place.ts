import { Problem } from "@tabard/core"

/** A repository in which a manifest is kept, or an identity provider that says who a person is, by its address. */
export type KeptPlace = `${KeptKind}:${string}`

const KINDS = ["repository", "provider"] as const

/** What is kept at such a place: manifests, or who people are. */
export type KeptKind = (typeof KINDS)[number]

/** `git@host:path`, as git is told. */
const SCP = /^git@([^/:]+):(?!\/)/
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//
const REPOSITORY = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:\/[\w.~-]+){1,12}$/
const LONGEST = 200

/** Answers which kind of place a word names; undefined of anything else. */
export function keptKindOf(text: string): KeptKind | undefined {
  return KINDS.find((kind) => text.startsWith(`${kind}:`))
}

/** Answers whether a word names a repository or an identity provider. */
export function isKeptPlace(text: string): text is KeptPlace {
  return keptKindOf(text) !== undefined
}

/** Answers the address of a place, as `github.com/acme/agents`. */
export function addressOf(place: KeptPlace): string {
  return place.slice(place.indexOf(":") + 1)
}

/** Answers the host at which a place is kept, without its port. */
export function hostOf(place: KeptPlace): string {
  return addressOf(place).replace(SCHEME, "").split(/[/:]/, 1)[0] ?? ""
}

/** Answers the place that an issuer of identities is. */
export function providerAt(issuer: string): KeptPlace {
  return `provider:${issuer.toLowerCase().replace(/\/+$/, "")}`
}

/**
 * Answers the place that a repository is, however its address is spelt: by https, by ssh, with `.git` behind it or without.
 * Capitals make no difference, as they make none where most repositories are kept. Undefined where it is no address of a
 * repository, or one with a password in it.
 */
export function repositoryIn(text: string): KeptPlace | undefined {
  const address = text
    .toLowerCase()
    .replace(SCP, "$1/")
    .replace(SCHEME, "")
    .replace(/^git@/, "")
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")
  const isAddress = address.length <= LONGEST && REPOSITORY.test(address) && !address.includes("/..")
  return isAddress ? `repository:${address}` : undefined
}

/**
 * Answers the place that a repository is.
 *
 * @throws {Problem} body_invalid
 */
export function repositoryAt(text: string): KeptPlace {
  const place = repositoryIn(text)
  if (place) return place
  throw new Problem(
    "body_invalid",
    "a repository is spelt by its host and path, without a user or password: github.com/acme/agents",
  )
}

/**
 * Answers the place that somebody named, `repository:` or `provider:` before its address.
 *
 * @throws {Problem} body_invalid
 */
export function keptPlaceIn(text: KeptPlace): KeptPlace {
  if (keptKindOf(text) === "repository") return repositoryAt(addressOf(text))
  const issuer = addressOf(text)
  if (issuer.length <= LONGEST && URL.canParse(issuer) && new URL(issuer).username === "")
    return providerAt(issuer)
  throw new Problem("body_invalid", "an identity provider is spelt as the issuer that it calls itself, a URL")
}
