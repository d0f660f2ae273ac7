import { UsageError } from "../usage-error.ts"
import { toldOptions } from "./told-options.ts"

/** What `tabard plan` and `tabard apply` were asked. */
export interface PlanArguments {
  /** Manifests and folders; none means the current folder. */
  readonly paths: readonly string[]
  /** The agent, where one manifest does not name its own. */
  readonly agent: string | undefined
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly json: boolean
  /** Whether the organisation's file that lies here is left out. */
  readonly isManifestsAlone: boolean
  /** Whether what is in force and lies in no file is taken away. */
  readonly prune: boolean
  /** Which plan is applied: its digest, or the file that holds it. */
  readonly digest: string | undefined
  readonly plan: string | undefined
  /** The repository that the manifests are kept in. */
  readonly repository: string | undefined
}

const ASKED = `Asked as whoever ran tabard login, or by the API token in TABARD_TOKEN or FILE (0600) at --server. Only who answers for
an agent plans for it: its owner, security and administrators. A token needs the role security, and the scopes`

const PLAN_USAGE =
  "usage: tabard plan [PATH…] [--prune] [--manifests-only] [--agent ID] [--repository PLACE] [--server URL] [--token-file FILE] [--json]"

const APPLY_USAGE =
  "usage: tabard apply [PATH…] --digest DIGEST | --plan FILE [--prune] [--manifests-only] [--agent ID] [--repository PLACE] [--server URL] [--token-file FILE] [--json]"

const PLAN_HELP = `${PLAN_USAGE}

Says what manifests would change against what is in force: what access is added and taken away, to whom that matters, what the risk
becomes and which findings follow. It keeps nothing. PATH is a manifest or a folder; without one the current folder is looked
through. A manifest names its agent (agent: agt_…); --agent names it for a single one. Cedar that is written by hand beside a
manifest (tabard.cedar, NAME.tabard.cedar) goes with it. What is in force and lies in no file is told and stays; --prune takes it away.
Where tabard.organisation.yaml lies in the current folder, the guard-rails, tiers and sets that it declares are planned with the manifests,
in one: then only security and administrators ask, and a token needs policies:apply to apply. --manifests-only leaves them out.
PLACE is the repository that they are kept in (github.com/acme/agents): say the same to plan and to apply.

${ASKED} agents:read (or planManifests).

Exit codes: 0 nothing would change, 1 failed, refused or wrong arguments, 2 something would change, 3 no manifest was found or one
could not be read.
`

const APPLY_HELP = `${APPLY_USAGE}

Puts manifests in force exactly as they were planned, all or none: DIGEST is what tabard plan told, FILE what tabard plan --json wrote.
Where anything changed since, it is refused: plan again. By a token it is refused as well for an agent that could change PLACE, the
repository that the manifests are kept in: a person applies that. --prune is said again where the plan was made with it. Asked again after
it was done, it changes nothing.

${ASKED} manifests:apply.

Exit codes: 0 in force, also where nothing had to change, 1 failed or refused, 2 wrong arguments, 3 no manifest was found or one
could not be read.
`

/** What each of them says of itself. */
export const PLAN_WORDS: Readonly<
  Record<"plan" | "apply", { readonly usage: string; readonly help: string }>
> = {
  plan: { usage: PLAN_USAGE, help: PLAN_HELP },
  apply: { usage: APPLY_USAGE, help: APPLY_HELP },
}

const OPTIONS = {
  agent: { type: "string" },
  server: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean" },
  prune: { type: "boolean" },
  "manifests-only": { type: "boolean" },
  digest: { type: "string" },
  plan: { type: "string" },
  repository: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const

/** Reads the arguments; undefined asks for help. Throws a UsageError for what it does not know. */
export function parsePlan(verb: "plan" | "apply", args: readonly string[]): PlanArguments | undefined {
  const { values, positionals } = toldOptions(args, OPTIONS, (message) => usage(verb, message))
  if (values.help === true) return undefined
  const { agent, server, digest, plan, repository } = values
  const asked = {
    paths: positionals,
    agent,
    server,
    tokenFile: values["token-file"],
    json: values.json === true,
    prune: values.prune === true,
    isManifestsAlone: values["manifests-only"] === true,
    digest,
    plan,
    repository,
  }
  assertFits(verb, asked)
  return asked
}

function assertFits(verb: "plan" | "apply", asked: PlanArguments): void {
  const { paths, agent, server, digest, plan, repository } = asked
  if ([...paths, agent, server, digest, plan, repository].includes(""))
    throw usage(verb, "an argument is empty")
  const named = [digest, plan].filter((one) => one !== undefined).length
  if (verb === "plan" && named > 0) throw usage(verb, "--digest and --plan are of tabard apply")
  if (verb === "apply" && named !== 1)
    throw usage(verb, "name the plan that was seen, by --digest or by --plan")
}

function usage(verb: "plan" | "apply", message: string): UsageError {
  return new UsageError(`${message}\n${PLAN_WORDS[verb].usage}`)
}
