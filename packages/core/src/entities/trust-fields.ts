/** The kinds of issuer that there are ready forms for. */
export const TRUST_FORMS = [
  "github-actions",
  "kubernetes",
  "spiffe",
  "aws",
  "gcp",
  "entra",
  "openid",
] as const

/** One kind of issuer. */
export type TrustForm = (typeof TRUST_FORMS)[number]

/** Workflows of one repository. */
export interface GitHubActionsFields {
  readonly form: "github-actions"
  /** `owner/name`. Names change hands, so it is for reading once the ids are there. */
  readonly repository: string
  readonly repositoryId?: string | undefined
  readonly ownerId?: string | undefined
  readonly environment?: string | undefined
  /** The workflow file, e.g. `org/app/.github/workflows/deploy.yml`; with `@refs/heads/main` also its version. */
  readonly workflow?: string | undefined
  /** The branch or tag, e.g. `refs/heads/main`. */
  readonly ref?: string | undefined
  /** The issuer of a server of one's own; without it, that of github.com. */
  readonly issuer?: string | undefined
}

/** Pods of one service account. */
export interface KubernetesFields {
  readonly form: "kubernetes"
  /** What the cluster's API server is started with as `--service-account-issuer`. */
  readonly issuer: string
  readonly namespace: string
  readonly serviceAccount: string
  /** A service account that is deleted and made again has another one. */
  readonly uid?: string | undefined
}

/** Workloads that SPIRE, or another SPIFFE issuer, gives an identity. */
export interface SpiffeFields {
  readonly form: "spiffe"
  /** One SPIFFE ID, or, with a slash at its end, all that stand below it. */
  readonly spiffeId: string
}

/** Workloads of one role of AWS. */
export interface AwsFields {
  readonly form: "aws"
  /** The account's own issuer, `https://<uuid>.tokens.sts.global.api.aws`. */
  readonly issuer: string
  /** `arn:aws:iam::123456789012:role/name`. */
  readonly role: string
}

/** Workloads of one service account of Google Cloud. */
export interface GcpFields {
  readonly form: "gcp"
  /** The service account's unique id: digits alone. */
  readonly uniqueId: string
  readonly email?: string | undefined
}

/** Workloads of one managed identity or application of Microsoft Entra. */
export interface EntraFields {
  readonly form: "entra"
  readonly tenant: string
  /** The object id of the identity, or of the application's service principal. */
  readonly objectId: string
  /** Which issuer its tokens name: that of version 2, or the older one. */
  readonly version?: 1 | 2 | undefined
}

/** Workloads of any OpenID issuer. */
export interface OpenIdFields {
  readonly form: "openid"
  readonly issuer: string
  readonly subject?: string | undefined
  /** Ends at a delimiter: `/`, `:` or `@`. */
  readonly subjectPrefix?: string | undefined
}

/** What is filled in for one kind of issuer. */
export type TrustFields =
  | GitHubActionsFields
  | KubernetesFields
  | SpiffeFields
  | AwsFields
  | GcpFields
  | EntraFields
  | OpenIdFields
