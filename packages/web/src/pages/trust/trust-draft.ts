import type { TrustWishInput } from "@tabard/api"
import type { TrustFields, TrustForm } from "@tabard/core"

/** What is asked for in one kind of form. */
export interface TrustAsked {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly required?: boolean
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
  ],
  openid: [
    { name: "issuer", label: "Issuer", hint: "Its https address, letter by letter.", required: true },
    { name: "subject", label: "Subject", hint: "Exactly, or say how it begins below." },
    { name: "subjectPrefix", label: "Subject begins with", hint: "Ends at / or : or @." },
  ],
}

/** A rule as it is being filled in. */
export interface TrustDraft {
  readonly name: string
  readonly form: TrustForm
  readonly said: Readonly<Record<string, string>>
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
  entra: (said) => ({ form: "entra", tenant: said("tenant") ?? "", objectId: said("objectId") ?? "" }),
  openid: (said) => ({
    form: "openid",
    issuer: said("issuer") ?? "",
    subject: said("subject"),
    subjectPrefix: said("subjectPrefix"),
  }),
}

/** Answers what was filled in for the draft's own form; the server says what is wrong with it. */
export function trustFieldsOf({ form, said }: TrustDraft): TrustFields {
  return READ[form]((name) => said[name]?.trim() || undefined)
}

/** Answers the whole wish for an agent, with what a token has to be for and where keys come from where that was said. */
export function trustWishOf(agent: string, draft: TrustDraft): TrustWishInput {
  const { audience = "", keysAddress = "" } = draft.said
  const url = keysAddress.trim()
  return {
    agent,
    fields: trustFieldsOf(draft),
    audience: audience.trim() || undefined,
    keys: url === "" ? undefined : { kind: "address", url },
  }
}
