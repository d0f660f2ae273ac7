import type { Credential } from "./entities/credential.ts"

/** How what replaces a static credential comes about. */
export const REPLACEMENT_WAYS = ["platform", "own-identity", "expiring"] as const

/** One way of replacing: the platform vouches, the agent proves itself here, or the same again with an end. */
export type ReplacementWay = (typeof REPLACEMENT_WAYS)[number]

/** What would take a static credential's place, in words that follow "replace it by". */
export interface Replacement {
  readonly way: ReplacementWay
  readonly words: string
}

/** What a provider trades for the word of the platform that the agent runs on. */
interface Federating {
  /** In a pipeline, which has an identity token of each run. */
  readonly pipeline: string
  readonly elsewhere: string
}

const FEDERATING: Readonly<Record<string, Federating>> = {
  AWS: {
    pipeline: "a role that the pipeline's identity token takes on",
    elsewhere: "the role of the machine, or a sign-in that ends",
  },
  "AWS Bedrock API key": {
    pipeline: "a role that the pipeline's identity token takes on",
    elsewhere: "the role of the machine, or a sign-in that ends",
  },
  "Azure OpenAI": {
    pipeline: "a federated credential of Entra",
    elsewhere: "the managed identity of the machine",
  },
  Databricks: {
    pipeline: "the pipeline's identity token, traded at Databricks",
    elsewhere: "an OAuth sign-in that ends",
  },
  GitHub: {
    pipeline: "the run's own GITHUB_TOKEN",
    elsewhere: "an installation token of a GitHub App, which lives an hour",
  },
  GitLab: {
    pipeline: "the job's own CI_JOB_TOKEN",
    elsewhere: "a token with few scopes and a date of expiry",
  },
  "Google API key (Gemini, Maps, …)": {
    pipeline: "workload identity federation",
    elsewhere: "the service account of the machine, or a sign-in that ends",
  },
  "HashiCorp Vault": {
    pipeline: "Vault's sign-in by the pipeline's identity token",
    elsewhere: "Vault's sign-in by the platform's own identity",
  },
  PyPI: {
    pipeline: "trusted publishing, by the pipeline's identity token",
    elsewhere: "trusted publishing from a pipeline",
  },
  npm: {
    pipeline: "trusted publishing, by the pipeline's identity token",
    elsewhere: "trusted publishing from a pipeline",
  },
}

const PIPELINE = /(^|\/)(\.github\/workflows\/|\.gitlab-ci|azure-pipelines|bitbucket-pipelines|\.circleci\/)/

/**
 * Answers what would take the place of a credential that lies where it can be read, or null where it is kept already:
 * a keychain and a helper hand it out to those alone who may have it.
 */
export function replacementOf({
  provider,
  storedAs,
  locations,
}: Pick<Credential, "provider" | "storedAs" | "locations">): Replacement | null {
  if (storedAs === "keychain" || storedAs === "helper") return null
  if (provider === "Tabard") {
    return { way: "own-identity", words: "an identity of the agent's own: an enrolled key, or a trust rule" }
  }
  const federating = provider === null ? undefined : FEDERATING[provider]
  if (federating) {
    const inPipeline = locations.some((place) => PIPELINE.test(place))
    return { way: "platform", words: inPipeline ? federating.pipeline : federating.elsewhere }
  }
  const kept = storedAs === "plaintext" ? ", kept in a keychain" : ""
  return { way: "expiring", words: `one with few rights and a date of expiry${kept}` }
}
