import type { TrustFields, TrustTerms } from "@tabard/core"
import { claimName } from "./trust-condition.ts"

/** In which way a rule may take more than its maker thinks; a code keeps its meaning. */
export type TrustWarningCode = "mutable_name" | "wide" | "elsewhere" | "reusable" | "long_life" | "fixed_keys"

/** Something about a rule that its maker should know. */
export interface TrustWarning {
  readonly code: TrustWarningCode
  readonly said: string
}

/** Claims that name somebody by a name that may become somebody else's. */
const MUTABLE: readonly string[] = [
  "repository",
  "repository_owner",
  "actor",
  "email",
  "preferred_username",
  "upn",
  "unique_name",
  "name",
]

const HOUR = 3600

/** Answers what to know of a rule before it is kept, and as long as it stands. `ownAudience` is what stands for this server alone. */
export function ruleWarnings(
  fields: TrustFields,
  terms: TrustTerms,
  ownAudience: string,
): readonly TrustWarning[] {
  return [
    ...namedOnly(fields, terms),
    ...tooWide(fields),
    ...warn(
      terms.audience !== ownAudience,
      "elsewhere",
      `Its tokens are for ${terms.audience}: whoever else takes such tokens could bring them here. Use ${ownAudience}.`,
    ),
    ...warn(!terms.oneTime, "reusable", "A token that was overheard counts again until it ends."),
    ...warn(terms.maxLifeSeconds > HOUR + 7, "long_life", "Its tokens may live longer than an hour."),
    ...warn(
      terms.keys.kind === "inline",
      "fixed_keys",
      "Its keys were put in by hand: when the issuer changes them, the rule takes nothing until they are put in anew.",
    ),
  ]
}

/** A name changes hands; an id does not. */
function namedOnly(fields: TrustFields, { conditions }: TrustTerms): readonly TrustWarning[] {
  const pinned = {
    "github-actions": "repositoryId" in fields && fields.repositoryId !== undefined,
    kubernetes: "uid" in fields && fields.uid !== undefined,
    gcp: true,
    aws: false,
    entra: true,
    openid: false,
    spiffe: false,
  }[fields.form]
  if (pinned) return []
  const named = conditions.filter(({ claim }) => claim.length === 1 && MUTABLE.includes(claim[0] ?? ""))
  return [
    ...warn(
      fields.form === "github-actions",
      "mutable_name",
      "The repository is told by its name: whoever takes the name over is let in. Put in the ids of repository and owner.",
    ),
    ...warn(
      fields.form === "kubernetes",
      "mutable_name",
      "The service account is told by its name: one that is made again under it is let in. Put in its uid.",
    ),
    ...(fields.form === "github-actions" ? [] : named).map(({ claim }) => ({
      code: "mutable_name" as const,
      said: `${claimName(claim)} is a name that may become somebody else's: prefer an id.`,
    })),
  ]
}

function tooWide(fields: TrustFields): readonly TrustWarning[] {
  switch (fields.form) {
    case "github-actions":
      return warn(
        !fields.environment && !fields.workflow && !fields.ref,
        "wide",
        "Every workflow of the repository is let in, on every branch and of every pull request that may ask for tokens. Put in an environment or a workflow.",
      )
    case "spiffe":
      return warn(
        fields.spiffeId.endsWith("/"),
        "wide",
        "Every workload below the path is let in, also later ones.",
      )
    case "openid":
      return warn(
        fields.subjectPrefix !== undefined,
        "wide",
        "Every subject that begins so is let in, also later ones.",
      )
    case "kubernetes":
    case "aws":
    case "gcp":
    case "entra":
      return []
  }
}

function warn(isSo: boolean, code: TrustWarningCode, said: string): readonly TrustWarning[] {
  return isSo ? [{ code, said }] : []
}
