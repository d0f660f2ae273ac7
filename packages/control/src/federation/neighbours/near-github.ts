import type { GitHubActionsFields, JsonObject } from "@tabard/core"
import type { Neighbour, Neighbourhood } from "./neighbour.ts"

const [REPOSITORY_ID, OWNER_ID] = ["740100001", "650001"]
const [OTHER_REPOSITORY_ID, OTHER_OWNER_ID] = ["990100002", "990002"]

/** Answers what a workflow of the repository says, and what others near it say. */
export function nearGitHub(fields: GitHubActionsFields): Neighbourhood {
  const claims = job(fields, {})
  return { alg: "RS256", claims, neighbours: [...withinRepository(fields), ...otherRepositories(fields)] }
}

/** Where a job runs. */
interface Place {
  readonly repository: string
  readonly repositoryId: string
  readonly ownerId: string
  readonly environment: string | undefined
  readonly ref: string
  readonly file: string
  readonly event: string
}

/** What the form leaves open is as in the plainest repository. */
function usualPlace({ repository, environment, ...fields }: GitHubActionsFields): Place {
  const { workflow = `${repository}/.github/workflows/deploy.yml`, ref } = fields
  const [file = "", version = "refs/heads/main"] = workflow.split("@")
  return {
    repository,
    repositoryId: fields.repositoryId ?? REPOSITORY_ID,
    ownerId: fields.ownerId ?? OWNER_ID,
    environment,
    ref: ref ?? version,
    file,
    event: "push",
  }
}

function job(fields: GitHubActionsFields, differs: Partial<Place>): JsonObject {
  const place = { ...usualPlace(fields), ...differs }
  const { repository, repositoryId, ownerId, environment, ref, file, event } = place
  const [owner = "", name = ""] = repository.split("/")
  return {
    sub: `repo:${owner}@${ownerId}/${name}@${repositoryId}:${contextOf(place)}`,
    repository,
    repository_id: repositoryId,
    repository_owner: owner,
    repository_owner_id: ownerId,
    environment,
    job_workflow_ref: `${file}@${ref}`,
    ref,
    event_name: event,
  }
}

function contextOf({ environment, event, ref }: Place): string {
  if (environment) return `environment:${environment}`
  return event === "pull_request" ? event : `ref:${ref}`
}

function withinRepository(fields: GitHubActionsFields): readonly Neighbour[] {
  const { repository } = fields
  return [
    { title: "Another branch of the repository", claims: job(fields, { ref: "refs/heads/anything" }) },
    {
      title: "A pull request, also one of a stranger's where its workflow may ask for tokens",
      claims: job(fields, { ref: "refs/pull/1/merge", event: "pull_request", environment: undefined }),
    },
    {
      title: "Another workflow of the repository",
      claims: job(fields, { file: `${repository}/.github/workflows/other.yml` }),
    },
    { title: "A job in another environment", claims: job(fields, { environment: "another" }) },
    { title: "A job in no environment", claims: job(fields, { environment: undefined }) },
  ]
}

function otherRepositories(fields: GitHubActionsFields): readonly Neighbour[] {
  const { repository } = fields
  const [owner = "", name = ""] = repository.split("/")
  const repositoryId = OTHER_REPOSITORY_ID
  const others = { repositoryId, ownerId: OTHER_OWNER_ID }
  return [
    {
      title: `Another repository of ${owner}, whose name begins alike`,
      claims: job(fields, { repository: `${repository}-evil`, repositoryId }),
    },
    {
      title: `A repository that took over the name ${repository}`,
      claims: job(fields, { repositoryId }),
    },
    { title: `${repository} in the hands of another ${owner}`, claims: job(fields, others) },
    {
      title: "A stranger's fork of the repository",
      claims: job(fields, { ...others, repository: `stranger/${name}` }),
    },
    {
      title: "The repository's name in capitals",
      claims: job(fields, { ...others, repository: repository.toUpperCase() }),
    },
  ]
}
