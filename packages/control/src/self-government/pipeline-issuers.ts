/** Stands for every repository there is. */
export const ANY_REPOSITORY = "/"

/** Claims by which tokens of pipelines name the repository that a job runs for, by its address. */
export const REPOSITORY_CLAIMS: readonly string[] = ["oidc.circleci.com/vcs-origin", "rpo_uri"]

/** Hosts of issuers, or of all below them, whose tokens are of pipelines that run what a repository says. */
const PIPELINES: readonly string[] = [
  "agent.buildkite.com",
  "api.bitbucket.org",
  "app.harness.io",
  "app.spacelift.io",
  "app.terraform.io",
  "gitlab.com",
  "oidc.circleci.com",
  "oidc.codefresh.io",
  "semaphoreci.com",
  "token.actions.githubusercontent.com",
  "vstoken.dev.azure.com",
]

const WORKSPACE = /^\/2\.0\/workspaces\/([\w-]+)\//

/** Answers whether an issuer's tokens are of pipelines, whichever repository they run for. */
export function isAnyPipeline(issuer: string): boolean {
  const host = URL.canParse(issuer) ? new URL(issuer).hostname : ""
  return PIPELINES.some((known) => host === known || host.endsWith(`.${known}`))
}

/** Answers what is below the workspace of Bitbucket whose issuer it is: its tokens name repositories by numbers alone. */
export function workspaceOf(issuer: string): readonly string[] {
  if (!URL.canParse(issuer)) return []
  const { hostname, pathname } = new URL(issuer)
  const workspace = hostname === "api.bitbucket.org" ? WORKSPACE.exec(pathname)?.[1] : undefined
  return workspace === undefined ? [] : [`bitbucket.org/${workspace.toLowerCase()}/`]
}
