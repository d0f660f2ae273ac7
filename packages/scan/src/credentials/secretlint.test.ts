import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { lintSecrets } from "./secretlint.ts"

const WORD =
  "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6kL9nM2qR5uX8wA1cD4fG7iJ0lO3pS6tV9yB2eH5kN8rU1xZ4aC7dF0gI3jM6oQ9sW2vY5bE8h"
const HEX = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"

/** One for each rule that is asked, put together at run time so that no other scanner takes them for real. */
const SECRETS: Readonly<Record<string, string>> = {
  "1password": joined(
    "ops",
    "_",
    Buffer.from(JSON.stringify({ email: "a@b.test", secretKey: `${WORD}1` })).toString("base64"),
  ),
  anthropic: joined("sk-ant-", "api03-", WORD.slice(0, 93), "AA"),
  aws: joined("wJalrXUtnFEMIK7MDENGbPxRfiCY", "zQ3kLp9s2VtB"),
  cloudflare: joined("cf", "ut_", WORD.slice(0, 40), "0f1e2d3c"),
  databricks: joined("da", "pi", HEX.slice(0, 32)),
  docker: joined("dckr", "_pat_", WORD.slice(0, 27)),
  figma: joined("fig", "d_", WORD.slice(0, 44)),
  github: joined("gh", "p_", WORD.slice(0, 36)),
  gitlab: joined("gl", "pat-", WORD.slice(0, 20)),
  grafana: joined("gl", "sa_", WORD.slice(0, 32), "_0f1e2d3c"),
  groq: joined("gs", "k_", WORD.slice(0, 52)),
  "hashicorp-vault": joined("hv", "s.", WORD.slice(0, 95)),
  huggingface: joined("hf", "_", "aQcZeFwHmJxLbNdPvRsYuVkXgZtBhDoFiH"),
  linear: joined("lin", "_api_", WORD.slice(0, 40)),
  notion: joined("nt", "n_", "12345678901", WORD.slice(0, 35)),
  npm: joined("np", "m_", WORD.slice(0, 36)),
  openai: joined("sk-", "proj-", WORD.slice(0, 74), "T3BlbkFJ", WORD.slice(20, 94)),
  privatekey: joined(
    "-----BEGIN RSA ",
    "PRIVATE KEY-----\nMII",
    WORD,
    WORD,
    "\n-----END RSA ",
    "PRIVATE KEY-----",
  ),
  sendgrid: joined("S", "G.", WORD.slice(0, 22), ".", WORD.slice(0, 43)),
  shopify: joined("shp", "at_", HEX.slice(0, 32)),
  slack: joined("xox", "b-", "314159265358-271828182845-qGeXtLuVoBaMdPgThKnZxCwB"),
  stripe: joined("sk", "_live_", WORD.slice(0, 30)),
  tailscale: joined("ts", "key-auth-", WORD.slice(0, 12), "-", WORD.slice(0, 32)),
  vercel: joined("vc", "p_", WORD.slice(0, 30)),
}

describe("what secretlint finds in a text", () => {
  for (const [kind, secret] of Object.entries(SECRETS))
    it(`is a secret of ${kind}, whole and with its line`, async () => {
      const text = `first line\nAWS_SECRET_ACCESS_KEY="${secret}"\n`
      const found = await lintSecrets(
        kind === "aws" ? text : text.replace("AWS_SECRET_ACCESS_KEY", "value"),
        loadKnowledge(),
      )
      assert.deepEqual(
        found.map((each) => [each.kind, each.secret, each.line]),
        [[kind, secret, 2]],
      )
    })

  it("is asked of every rule that it has but those which do harm here", async () => {
    const { rules } = await import("@secretlint/secretlint-rule-preset-recommend")
    const names = rules.map(({ meta }) => meta.id.replace("@secretlint/secretlint-rule-", ""))
    const leftOut = ["gcp", "basicauth", "database-connection-string", "filter-comments"]
    assert.deepEqual(names.toSorted(), [...Object.keys(SECRETS), ...leftOut].toSorted())
  })

  it("is not switched off by a comment in the file", async () => {
    const text = `// secretlint-disable\n"${SECRETS["github"]}" // secretlint-disable-line`
    assert.equal((await lintSecrets(text, loadKnowledge())).length, 1)
  })

  it("is no placeholder, and nothing in a text without secrets", async () => {
    const placeholder = joined("gh", "p_", "x".repeat(36))
    assert.deepEqual(await lintSecrets(`{"token": "${placeholder}"}`, loadKnowledge()), [])
    assert.deepEqual(await lintSecrets('{"command": "npx", "args": ["task-master"]}', loadKnowledge()), [])
  })

  it("is told in time whatever the text is", async () => {
    const texts = ["xox", "sk-", "SG.a", "-----BEGIN PRIVATE KEY-----", "tskey-a-", "ops_ey"].map((part) =>
      part.repeat(100_000),
    )
    const started = performance.now()
    for (const text of texts) await lintSecrets(text, loadKnowledge())
    assert.ok(performance.now() - started < 20_000)
  })
})

function joined(...parts: readonly string[]): string {
  return parts.join("")
}
