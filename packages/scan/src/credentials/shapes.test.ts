import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { findCredentials } from "./find-credentials.ts"

const WORDS = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF".repeat(8)
const HEX = "4f9c1e7a0b3d6852".repeat(16)
const DIGITS = "3141592653589793".repeat(4)

/** One of each shape, broken by a dot so that no other scanner takes them for real; with the name beside it, where one is needed. */
const SAMPLES: Readonly<Record<string, string | readonly [name: string, value: string]>> = {
  "private-key": `-----BEGIN ·EC PRIVATE KEY-----\nMII${w(60)}\n-----END EC PRIVATE KEY-----`,
  "anthropic-api": `sk-ant-·api03-${w(93)}AA`,
  "anthropic-admin": `sk-ant-·admin01-${w(93)}AA`,
  "anthropic-oauth": `sk-ant-·oat01-${w(90)}`,
  "openai-admin": `sk-·admin-${w(40)}T3BlbkFJ${w(40)}`,
  openai: `sk-·proj-${w(74)}T3BlbkFJ${w(74)}`,
  "openai-legacy": `sk-${w(20)}·T3BlbkFJ${w(20)}`,
  "google-api": `AI·za${w(35)}`,
  "google-oauth-client": `GOC·SPX-${w(28)}`,
  "google-oauth-token": `ya·29.${w(60)}`,
  "aws-access-key": `AK·IAQ7Z2M4N6P3R5T2W7`,
  "aws-session-key": `AS·IAQ7Z2M4N6P3R5T2W7`,
  "aws-bedrock-key": `AB·SK${w(110)}`,
  "github-pat-classic": `gh·p_${w(36)}`,
  "github-oauth": `gh·o_${w(36)}`,
  "github-app": `gh·s_${w(36)}`,
  "github-pat-fine": `github_·pat_${w(22)}_${w(59)}`,
  "gitlab-pat": `gl·pat-${w(20)}`,
  "gitlab-other": `gl·rt-${w(20)}`,
  "slack-bot": `xox·b-${d(12)}-${d(12)}-${w(24)}`,
  "slack-user": `xox·p-${d(12)}-${d(12)}-${w(24)}`,
  "slack-session": `xox·c-${w(40)}`,
  "slack-app": `xa·pp-1-A0B1C2D3E-${d(12)}-${h(64)}`,
  "slack-webhook": `https://hooks.slack.com/·services/T0A1B2C3D/B0A1B2C3D/${w(24)}`,
  "stripe-secret": `sk_·live_${w(40)}`,
  "stripe-restricted": `rk_·live_${w(40)}`,
  "stripe-test": `sk_·test_${w(40)}`,
  "notion-new": `nt·n_${d(11)}${w(35)}`,
  "notion-old": `sec·ret_${w(43)}`,
  linear: `lin_·api_${w(40)}`,
  "atlassian-user": `ATATT·3xFf${w(190)}`,
  "atlassian-org": `ATCTT·3xFf${w(120)}=0A1B2C3D`,
  huggingface: `h·f_${w(34)}`,
  "supabase-pat": `sb·p_${h(40)}`,
  "supabase-secret": `sb_·secret_${w(32)}`,
  "supabase-service-jwt": jwt({ iss: "supabase", role: "service_role" }),
  jwt: jwt({ sub: "somebody", aud: "a service" }),
  databricks: `da·pi${h(32)}`,
  groq: `gs·k_${w(52)}`,
  xai: `xa·i-${w(80)}`,
  openrouter: `sk-·or-v1-${h(64)}`,
  deepseek: ["DEEPSEEK_API_KEY", `sk-${h(32)}`],
  perplexity: `pp·lx-${w(48)}`,
  nvidia: `nv·api-${w(64)}`,
  replicate: `r·8_${w(37)}`,
  langsmith: `lsv2_·pt_${h(32)}_${h(10)}`,
  langfuse: `sk-·lf-${h(8)}-4f9c-1e7a-0b3d-${h(12)}`,
  tavily: `tv·ly-${w(32)}`,
  brave: ["BRAVE_API_KEY", `BS·A${w(28)}`],
  firecrawl: `f·c-${h(32)}`,
  "ref-tools": `re·f-${h(20)}`,
  context7: `ctx7·sk-${w(36)}`,
  elevenlabs: `s·k_${h(48)}`,
  composio: ["COMPOSIO_API_KEY", `a·k_${w(24)}`],
  e2b: `e2·b_${h(40)}`,
  pinecone: `pc·sk_${w(6)}_${w(63)}`,
  sendgrid: `S·G.${w(22)}.${w(43)}`,
  resend: `r·e_${w(8)}_${w(24)}`,
  posthog: `ph·x_${w(44)}`,
  sentry: `sntry·u_${h(64)}`,
  grafana: `gl·sa_${w(32)}_${h(8)}`,
  hubspot: `pat-·na1-${h(8)}-4f9c-1e7a-0b3d-${h(12)}`,
  shopify: `shp·at_${h(32)}`,
  square: ["SQUARE_ACCESS_TOKEN", `EA·AA${w(60)}`],
  airtable: `pa·t${w(14)}.${h(64)}`,
  figma: `fig·d_${w(44)}`,
  postman: `PM·AK-${h(24)}-${h(34)}`,
  telegram: ["TELEGRAM_BOT_TOKEN", `${d(10)}:${w(35)}`],
  discord: ["DISCORD_TOKEN", `${w(26)}.${w(6)}.${w(38)}`],
  digitalocean: `do·p_v1_${h(64)}`,
  "cloudflare-new": `cf·ut_${w(40)}${h(8)}`,
  vercel: ["VERCEL_TOKEN", `vc·p_${w(24)}`],
  npm: `np·m_${w(36)}`,
  pypi: `py·pi-AgEIcHlwaS5vcmc${w(60)}`,
  "docker-pat": `dckr_·pat_${w(27)}`,
  "terraform-cloud": `${w(14)}.·atlasv1.${w(64)}`,
  pulumi: `pu·l-${h(40)}`,
  neon: `na·pi_${h(64)}`,
  "aws-secret": ["AWS_SECRET_ACCESS_KEY", `${w(38)}/+`],
  "azure-openai": ["AZURE_OPENAI_API_KEY", h(32)],
  datadog: ["DD_API_KEY", h(32)],
  tabard: `tb·d_${w(46)}`,
  twilio: ["TWILIO_AUTH_TOKEN", h(32)],
  "uri-password": `postgresql://app:${w(16)}@db.acme.internal:5432/app`,
  "bearer-header": `Bearer ${w(32)}`,
}

describe("the shape of a secret", () => {
  const pack = loadKnowledge()

  it("has a sample here, each of them", () => {
    assert.deepEqual(Object.keys(SAMPLES).toSorted(), pack.shapes.map(({ id }) => id).toSorted())
  })

  for (const [kind, sample] of Object.entries(SAMPLES)) {
    const [name, broken] = typeof sample === "string" ? ["VALUE", sample] : sample
    const text = whole(broken)
    it(`is seen by itself, under an innocent name: ${kind}`, () => {
      const found = findCredentials({ name, text, byShapeOnly: true }, pack)
      assert.deepEqual(
        found.map((each) => [each.kind, each.storedAs]),
        [[kind, "plaintext"]],
      )
    })

    it(`is seen inside a longer text, and whole: ${kind}`, () => {
      const [found] = findCredentials(
        { name, text: `run --with "${text}" and more`, byShapeOnly: true },
        pack,
      )
      const rest =
        `run --with "${text}" and more`.slice(0, found?.start) +
        `run --with "${text}" and more`.slice(found?.end)
      assert.equal(found?.kind, kind)
      assert.ok(kind === "uri-password" || kind === "bearer-header" || !rest.includes(text.slice(-8)))
    })
  }

  it("is not what its documentation shows in its place", () => {
    const shown = [
      `gh·p_${"x".repeat(36)}`,
      "Bearer YOUR_ACCESS_TOKEN_HERE",
      `Bearer \${TOKEN}`,
      "postgresql://user:password@localhost:5432/app",
      `sk-·proj-your-api-key-here`,
      `xox·b-your-token`,
      jwt({ iss: "supabase", role: "anon" }),
    ]
    for (const text of shown.map(whole))
      assert.deepEqual(
        findCredentials({ name: "VALUE", text, byShapeOnly: true }, pack).filter(
          ({ storedAs }) => storedAs === "plaintext",
        ),
        [],
        text,
      )
  })
})

function whole(broken: string): string {
  return broken.replaceAll("·", "")
}

function w(length: number): string {
  return WORDS.slice(0, length)
}

function h(length: number): string {
  return HEX.slice(0, length)
}

function d(length: number): string {
  return DIGITS.slice(0, length)
}

function jwt(payload: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url")
  return `${part({ alg: "HS256", typ: "JWT" })}.${part(payload)}.${w(43)}`
}
