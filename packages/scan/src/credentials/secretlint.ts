import type { SecretLintSourceOptions } from "@secretlint/core"
import type { KnowledgePack } from "../knowledge/knowledge-pack.ts"
import { isPlaceholder } from "./find-credentials.ts"
import { asReference } from "./references.ts"

/** What secretlint found in a text. It holds the secret: it goes to a CredentialReader, and nowhere else. */
export interface LintedSecret {
  readonly kind: string
  readonly provider: string | null
  readonly secret: string
  readonly line: number
}

const RULE_PREFIX = "@secretlint/secretlint-rule-"
/**
 * Not asked: a comment in the file switches the others off; a file named like the source is opened; and of addresses our
 * own shape takes the password alone, and lets default ones be.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "filter-comments",
  "gcp",
  "basicauth",
  "database-connection-string",
])
/** No rule finds anything in a text without one of these; most files have none, and then nothing is loaded. */
const SIGNS = new RegExp(
  [
    String.raw`gh[pousr]_\w{20}|github_pat_|x-oauth-basic|glpat-|gl(?:c|sa)_\w{20}`,
    String.raw`xox[abopr]-|xapp-|hooks\.slack\.com`,
    String.raw`_authToken=|npm_\w{30}|dckr_pat_`,
    String.raw`sk-[\w-]{40}|gsk_\w{40}|hf_\w{30}`,
    String.raw`lin_api_|ntn_\d|figd_|PRIVATE KEY|SG\.\w+\.|shp(?:pa|ca|at|ss)_|[sr]k_(?:live|test)_`,
    String.raw`(?:SECRET|secret|Secret)_?(?:ACCESS|access|Access)_?(?:KEY|key|Key)`,
    String.raw`ops_ey|hv[sbr]\.[\w-]{40}|vc[piark]_\w{20}|dapi\w{30}|cf(?:k|ut|at)_\w{30}|tskey-`,
  ].join("|"),
)
const SHORTEST_SECRET = 8
const MOST_SECRETS = 1_000
/** It compares each thing it finds with each other one, so a text is looked at as far as it holds so many signs. */
const MOST_SIGNS = 2_000

/** Answers the secrets that secretlint's rules find in the text of a file, but for placeholders and references. */
export async function lintSecrets(text: string, pack: KnowledgePack): Promise<readonly LintedSecret[]> {
  if (!SIGNS.test(text)) return []
  const { lintSource } = await import("@secretlint/core")
  await keepNoTimes()
  // Without a path there is no file that a rule could open.
  const source = { content: lookedAt(text), filePath: "", ext: ".text", contentType: "text" } as const
  const options = { config: { rules: await rulesAsked() }, noPhysicFilePath: true, maskSecrets: false }
  const { messages } = await lintSource({ source, options })
  return messages.slice(0, MOST_SECRETS).flatMap(({ ruleId, range, data, loc }) => {
    const secret = secretIn(data) ?? text.slice(range[0], range[1])
    const kind = ruleId.slice(RULE_PREFIX.length)
    return isSecret(secret, pack)
      ? [{ kind, provider: pack.linted.get(kind) ?? null, secret, line: loc.start.line }]
      : []
  })
}

function lookedAt(text: string): string {
  const signs = new RegExp(SIGNS, "g")
  for (let seen = 0; signs.test(text); seen++) if (seen >= MOST_SIGNS) return text.slice(0, signs.lastIndex)
  return text
}

/** Its own types do not compile, so it is named where the compiler does not look. */
const PROFILER: string = "@secretlint/profiler"

/** secretlint keeps a mark for each rule and file until the process ends, and a standing watch does not end. */
async function keepNoTimes(): Promise<void> {
  const loaded: { readonly secretLintProfiler: { setEnabled(enabled: boolean): void } } = await import(
    PROFILER
  )
  loaded.secretLintProfiler.setEnabled(false)
}

async function rulesAsked(): Promise<SecretLintSourceOptions["options"]["config"]["rules"]> {
  const { rules } = await import("@secretlint/secretlint-rule-preset-recommend")
  return rules
    .filter(({ meta }) => !LEFT_OUT.has(meta.id.slice(RULE_PREFIX.length)))
    .map((rule) => ({ id: rule.meta.id, rule }))
}

/** Some rules tell a range that is not the secret's; what they name, they name exactly. */
function secretIn(data: unknown): string | undefined {
  if (typeof data !== "object" || data === null) return undefined
  const named = ["KEY", "TOKEN", "CREDENTIAL", "ID"].map((name): unknown => Reflect.get(data, name))
  // A configuration writes the ends of lines as escapes, and its reader has undone them.
  return named.find((value) => typeof value === "string")?.replaceAll(String.raw`\n`, "\n")
}

function isSecret(secret: string, pack: KnowledgePack): boolean {
  return (
    secret.length >= SHORTEST_SECRET &&
    !isPlaceholder(secret, pack) &&
    asReference(secret) === undefined &&
    !pack.notSecret.some((pattern) => pattern.test(secret))
  )
}
