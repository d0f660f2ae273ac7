import type { GitHubActionsFields, OpenIdFields, TrustRule } from "@tabard/core"
import { addressOf, type KeptPlace, repositoryIn } from "./kept-place.ts"

/** How GitLab says of which project a job is, in the subject of its tokens. */
const PROJECT = /^project_path:([^:]*)(:?)/

/**
 * Answers the repositories whose workflows a trust rule takes for its agent, by their addresses; one that ends in a slash
 * stands for all below it.
 */
export function repositoriesOf({ fields }: Pick<TrustRule, "fields">): readonly string[] {
  if (fields.form === "github-actions") return ofGitHub(fields)
  return fields.form === "openid" ? ofGitLab(fields) : []
}

/** Answers whether a repository is one of these. */
export function isRunFrom(place: KeptPlace, repositories: readonly string[]): boolean {
  const address = addressOf(place)
  return repositories.some((one) => (one.endsWith("/") ? address.startsWith(one) : address === one))
}

/** The repository that a workflow runs for, and the one that its file is kept in. */
function ofGitHub({ repository, workflow, issuer }: GitHubActionsFields): readonly string[] {
  const host = issuer === undefined ? "github.com" : hostIn(issuer)
  const [file = repository] = workflow?.split("/.github/workflows/", 1) ?? []
  return [...new Set([repository, file])].flatMap((name) => addresses(`${host}/${name}`))
}

/** What begins so, and does not end the project's path, is every project below it. */
function ofGitLab({ subject, subjectPrefix, issuer }: OpenIdFields): readonly string[] {
  const [, path = "", end] = PROJECT.exec(subject ?? subjectPrefix ?? "") ?? []
  if (path === "") return []
  if (end === "" && subject === undefined) return [`${hostIn(issuer)}/${path.toLowerCase()}`]
  return addresses(`${hostIn(issuer)}/${path}`)
}

function addresses(spelt: string): readonly string[] {
  const place = repositoryIn(spelt)
  return place ? [addressOf(place)] : []
}

function hostIn(issuer: string): string {
  return URL.canParse(issuer) ? new URL(issuer).host : ""
}
