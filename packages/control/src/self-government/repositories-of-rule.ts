import type { GitHubActionsFields, OpenIdFields, TrustRule } from "@tabard/core"
import { addressOf, type KeptPlace, repositoryIn } from "./kept-place.ts"
import { ANY_REPOSITORY, isAnyPipeline, REPOSITORY_CLAIMS, workspaceOf } from "./pipeline-issuers.ts"

/** How GitLab says of which project a job is, and GitHub of which repository a workflow, in the subject of its tokens. */
const PROJECT = /^(?:project_path|repo):([^:]*)(:?)/

/** How CircleCI says where the change came from that a job runs for. */
const ORIGIN = /\/vcs-origin\/(.*?)(?:(\/vcs-ref\/).*)?$/

/**
 * Answers the repositories whose workflows a trust rule takes for its agent, by their addresses; one that ends in a slash
 * stands for all below it. Where the rule names none though its issuer runs pipelines, it could be any.
 */
export function repositoriesOf({
  fields,
  conditions,
}: Pick<TrustRule, "conditions" | "fields">): readonly string[] {
  if (fields.form === "github-actions") return ofGitHub(fields)
  if (fields.form !== "openid") return []
  const claimed = conditions.flatMap(({ claim, test, values }) =>
    test === "is" && REPOSITORY_CLAIMS.includes(claim.join(".")) ? values.flatMap(addresses) : [],
  )
  if (claimed.length > 0) return claimed
  const named = [...ofProject(fields), ...ofOrigin(fields), ...workspaceOf(fields.issuer)]
  return named.length === 0 && isAnyPipeline(fields.issuer) ? [ANY_REPOSITORY] : named
}

/** Answers whether a repository is one of these. */
export function isRunFrom(place: KeptPlace, repositories: readonly string[]): boolean {
  const address = addressOf(place)
  return repositories.some(
    (one) => one === ANY_REPOSITORY || (one.endsWith("/") ? address.startsWith(one) : address === one),
  )
}

/** The repository that a workflow runs for, and the one that its file is kept in. */
function ofGitHub({ repository, workflow, issuer }: GitHubActionsFields): readonly string[] {
  const host = issuer === undefined ? "github.com" : hostIn(issuer)
  const [file = repository] = workflow?.split("/.github/workflows/", 1) ?? []
  return [...new Set([repository, file])].flatMap((name) => addresses(`${host}/${name}`))
}

/** What begins so, and does not end the project's path, is every project below it. */
function ofProject({ subject, subjectPrefix, issuer }: OpenIdFields): readonly string[] {
  const [, path = "", end] = PROJECT.exec(subject ?? subjectPrefix ?? "") ?? []
  if (path === "") return []
  const whole = end !== "" || subject !== undefined
  return below(`${hostIn(issuer)}/${path}`, whole)
}

function ofOrigin({ subject, subjectPrefix }: OpenIdFields): readonly string[] {
  const [, origin = "", end] = ORIGIN.exec(subject ?? subjectPrefix ?? "") ?? []
  return origin === "" ? [] : below(origin, end !== undefined || subject !== undefined)
}

function below(address: string, whole: boolean): readonly string[] {
  return whole ? addresses(address) : [address.toLowerCase()]
}

function addresses(spelt: string): readonly string[] {
  const place = repositoryIn(spelt)
  return place ? [addressOf(place)] : []
}

/** GitHub's own issuer of workflows' tokens is at another host than its repositories. */
function hostIn(issuer: string): string {
  const host = URL.canParse(issuer) ? new URL(issuer).host : ""
  return host === "token.actions.githubusercontent.com" ? "github.com" : host
}
