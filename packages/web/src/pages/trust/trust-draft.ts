import type { TrustWishInput } from "@tabard/api"
import type { KeySource, TimeWindow, TrustCondition, TrustFields, TrustForm } from "@tabard/core"
import { publicKeysIn } from "../clients/public-keys-in.ts"
import { networksIn } from "../conditions/networks-field.tsx"

/** What is asked for in one kind of form. */
export interface TrustAsked {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly required?: boolean
  /** Where one of a few is chosen, how each is called; the first is as usual. */
  readonly choices?: Readonly<Record<string, string>>
}

/** What each kind of issuer has to be told, in the words of its own manuals. */
export const TRUST_ASKS: Readonly<Record<TrustForm, readonly TrustAsked[]>> = {
  "github-actions": [
    { name: "repository", label: "Repository", hint: "owner/name", required: true },
    { name: "repositoryId", label: "Repository id", hint: "A number. Names change hands, ids do not." },
    { name: "ownerId", label: "Owner id", hint: "The number of the owner." },
    { name: "ref", label: "Branch or tag", hint: "refs/heads/main" },
    { name: "environment", label: "Environment" },
    { name: "workflow", label: "Workflow file", hint: "owner/name/.github/workflows/deploy.yml" },
    { name: "issuer", label: "Issuer", hint: "Only of a server of one’s own; empty is github.com." },
  ],
  kubernetes: [
    {
      name: "issuer",
      label: "Issuer",
      hint: "What the API server is started with as --service-account-issuer.",
      required: true,
    },
    { name: "namespace", label: "Namespace", required: true },
    { name: "serviceAccount", label: "Service account", required: true },
    { name: "uid", label: "Its uid", hint: "One that is deleted and made again has another." },
  ],
  spiffe: [
    {
      name: "spiffeId",
      label: "SPIFFE ID",
      hint: "One, or with a slash at its end all that stand below it.",
      required: true,
    },
  ],
  aws: [
    {
      name: "issuer",
      label: "Issuer",
      hint: "The account’s own, https://….tokens.sts.global.api.aws",
      required: true,
    },
    { name: "role", label: "Role", hint: "arn:aws:iam::123456789012:role/name", required: true },
  ],
  gcp: [
    { name: "uniqueId", label: "Unique id", hint: "Of the service account: digits alone.", required: true },
    { name: "email", label: "Its address" },
  ],
  entra: [
    { name: "tenant", label: "Tenant id", required: true },
    {
      name: "objectId",
      label: "Object id",
      hint: "Of the managed identity, or of the application’s service principal.",
      required: true,
    },
    {
      name: "version",
      label: "Its tokens name",
      hint: "A token says it as iss. The audience’s application settles it (requestedAccessTokenVersion).",
      choices: { "2": "The issuer of version 2", "1": "The older issuer, sts.windows.net" },
    },
  ],
  openid: [
    { name: "issuer", label: "Issuer", hint: "Its https address, letter by letter.", required: true },
    { name: "subject", label: "Subject", hint: "Exactly, or say how it begins below." },
    { name: "subjectPrefix", label: "Subject begins with", hint: "Ends at / or : or @." },
  ],
}

/** A condition beside those of the form, as it is typed: its values a line each. */
export interface ConditionDraft {
  readonly claim: string
  readonly test: TrustCondition["test"]
  readonly values: string
}

/** Where keys come from, as it is chosen: where such issuers publish them, where nothing else was said. */
export type KeysFrom = "usual" | "address" | "inline"

/** How often a token counts, as it is chosen: as is usual for such issuers, where nothing else was said. */
export type Counts = "usual" | "once" | "often"

/** A rule as it is being filled in. */
export interface TrustDraft {
  readonly name: string
  readonly form: TrustForm
  readonly said: Readonly<Record<string, string>>
  readonly keysFrom: KeysFrom
  readonly also: readonly ConditionDraft[]
  readonly counts: Counts
  readonly hours: readonly TimeWindow[]
}

/** A rule of which nothing is filled in yet. */
export const NEW_TRUST: TrustDraft = {
  name: "",
  form: "github-actions",
  said: {},
  keysFrom: "usual",
  also: [],
  counts: "usual",
  hours: [],
}

type Said = (name: string) => string | undefined

const READ: Readonly<Record<TrustForm, (said: Said) => TrustFields>> = {
  "github-actions": (said) => ({
    form: "github-actions",
    repository: said("repository") ?? "",
    repositoryId: said("repositoryId"),
    ownerId: said("ownerId"),
    ref: said("ref"),
    environment: said("environment"),
    workflow: said("workflow"),
    issuer: said("issuer"),
  }),
  kubernetes: (said) => ({
    form: "kubernetes",
    issuer: said("issuer") ?? "",
    namespace: said("namespace") ?? "",
    serviceAccount: said("serviceAccount") ?? "",
    uid: said("uid"),
  }),
  spiffe: (said) => ({ form: "spiffe", spiffeId: said("spiffeId") ?? "" }),
  aws: (said) => ({ form: "aws", issuer: said("issuer") ?? "", role: said("role") ?? "" }),
  gcp: (said) => ({ form: "gcp", uniqueId: said("uniqueId") ?? "", email: said("email") }),
  entra: (said) => ({
    form: "entra",
    tenant: said("tenant") ?? "",
    objectId: said("objectId") ?? "",
    version: said("version") === "1" ? 1 : undefined,
  }),
  openid: (said) => ({
    form: "openid",
    issuer: said("issuer") ?? "",
    subject: said("subject"),
    subjectPrefix: said("subjectPrefix"),
  }),
}

/** Answers what was filled in for the draft's own form; the server says what is wrong with it. */
export function trustFieldsOf({ form, said }: Pick<TrustDraft, "form" | "said">): TrustFields {
  return READ[form]((name) => said[name]?.trim() || undefined)
}

/** Answers the whole wish for an agent, or undefined where the keys that were pasted are none. */
export function trustWishOf(agent: string, draft: TrustDraft): TrustWishInput | undefined {
  const keys = keysOf(draft)
  if (keys === "unreadable") return undefined
  const said = (name: string): string | undefined => draft.said[name]?.trim() || undefined
  const minutes = said("maxLifeMinutes")
  const networks = networksIn(said("networks") ?? "")
  return {
    agent,
    fields: trustFieldsOf(draft),
    audience: said("audience"),
    keys,
    also: draft.also.length > 0 ? draft.also.map(conditionOf) : undefined,
    oneTime: draft.counts === "usual" ? undefined : draft.counts === "once",
    maxLifeSeconds: minutes === undefined ? undefined : Math.round(Number(minutes) * 60),
    networks: networks.length > 0 ? networks : undefined,
    hours: draft.hours.length > 0 ? draft.hours : undefined,
  }
}

function keysOf({ keysFrom, said }: TrustDraft): KeySource | undefined | "unreadable" {
  if (keysFrom === "address") return { kind: "address", url: said["keysAddress"]?.trim() ?? "" }
  if (keysFrom === "usual") return undefined
  const keys = publicKeysIn(said["keys"] ?? "")
  return keys ? { kind: "inline", keys } : "unreadable"
}

function conditionOf({ claim, test, values }: ConditionDraft): TrustCondition {
  return { claim: claim.trim().split(WITHIN), test, values: lines(values) }
}

/** What stands between the name of a claim and that of one within it; names themselves hold dots, slashes and colons. */
const WITHIN = /\s+[>›]\s+/u

function lines(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
}
