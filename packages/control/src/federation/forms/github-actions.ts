import type { GitHubActionsFields, JsonObject, TrustCondition } from "@tabard/core"
import { claimText } from "../claim-at.ts"
import { claimBegins, claimIs, type FormTerms, requireSpelling } from "./form-terms.ts"

/** The issuer of github.com; an Enterprise Server has one of its own. */
const GITHUB_ISSUER = "https://token.actions.githubusercontent.com"

const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/
const NUMBER = /^[1-9]\d{0,18}$/
const WORKFLOW = /^[^/@\s]+\/[^/@\s]+\/\.github\/workflows\/[^@\s]+\.ya?ml(@\S+)?$/

/** Answers the terms of workflows of one repository: by its ids where they are there, by its name otherwise. */
export function termsOfGitHub(fields: GitHubActionsFields): FormTerms {
  const { repository, repositoryId, ownerId, environment, ref, issuer = GITHUB_ISSUER } = fields
  requireSpelling(repository, REPOSITORY, "a repository is spelt owner/name")
  for (const id of [repositoryId, ownerId])
    if (id !== undefined) requireSpelling(id, NUMBER, "the ids of repository and owner are numbers")
  return {
    issuer,
    keys: { kind: "discovery" },
    conditions: [
      ...claimIs("repository_id", repositoryId),
      ...claimIs("repository_owner_id", ownerId),
      ...(repositoryId === undefined ? claimIs("repository", repository) : []),
      ...claimIs("environment", environment),
      ...claimIs("ref", ref),
      ...workflowCondition(fields),
    ],
  }
}

function workflowCondition({ workflow }: GitHubActionsFields): readonly TrustCondition[] {
  if (workflow === undefined) return []
  requireSpelling(
    workflow,
    WORKFLOW,
    "a workflow is spelt owner/name/.github/workflows/file.yml, with @refs/heads/branch behind it or not",
  )
  return workflow.includes("@")
    ? claimIs("job_workflow_ref", workflow)
    : claimBegins("job_workflow_ref", `${workflow}@`)
}

/** What a subject in one of GitHub's own spellings says of its repository. */
export interface GitHubSubject {
  readonly repository: string
  /** There in subjects of repositories that were made or renamed since 2026-07-15. */
  readonly ids: { readonly owner: string; readonly repository: string } | null
  /** What follows: the environment, the branch, or `pull_request`. */
  readonly context: string
}

const PLAIN = /^repo:(?<owner>[^/:@]+)\/(?<name>[^/:@]+):(?<context>.+)$/
const LASTING = /^repo:(?<owner>[^/:@]+)@(?<ownerId>\d+)\/(?<name>[^/:@]+)@(?<id>\d+):(?<context>.+)$/

/** Reads a subject in either form; an organisation may have spelt its own, which is neither. */
export function parseGitHubSubject(sub: string): GitHubSubject | undefined {
  const { owner, name, context = "", ownerId, id } = (LASTING.exec(sub) ?? PLAIN.exec(sub))?.groups ?? {}
  if (!owner || !name) return undefined
  const ids = ownerId && id ? { owner: ownerId, repository: id } : null
  return { repository: `${owner}/${name}`, ids, context }
}

/** Its claims say the same thing twice: a token in which they differ was made by nobody that is known. */
export function shapeOfGitHub(claims: JsonObject): string | undefined {
  const subject = typeof claims["sub"] === "string" ? parseGitHubSubject(claims["sub"]) : undefined
  const says = (claim: string): string | undefined => claimText(claims[claim])
  if (!says("repository_id") || !says("repository_owner_id") || !says("repository"))
    return "It names no repository by its id, as tokens of GitHub Actions do."
  if (!subject) return undefined
  const { ids, repository } = subject
  const sameIds =
    !ids || (ids.repository === says("repository_id") && ids.owner === says("repository_owner_id"))
  return sameIds && repository === says("repository")
    ? undefined
    : "Its subject names another repository than its claims."
}
