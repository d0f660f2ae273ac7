import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { findCredentials, isPlaceholder } from "./find-credentials.ts"

/** Each broken by a dot, so that no other scanner takes it for real. */
const TYPED_IN_ITS_PLACE = [
  "sk-·proj-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
  "ghp·_1234567890abcdefghijklmnopqrstuvwx12",
  "AKIA·IOSFODNN7EXAMPLE",
  "a1b2c3d4-e5f6-7890-abcd-ef1234567890",
  "a1b2c3d4e5f6g7h8i9j0",
  "12345678-1234-1234-1234-123456789012",
  "00000000-0000-0000-0000-000000000000",
  "9876543210fedcba9876543210fedcba",
  "sk-·1234abcd5678efgh",
  "qwertyuiopasdfghjkl1234",
  "sk-·your-openai-key",
  "ghp·_your_token_goes_here",
  "my-super-secret-api-key-1",
  "tu_api_key_de_prueba",
  "test-token-123",
  "SUPABASE_ACCESS_TOKEN",
  "YOUR-PROJECT-REF-2",
  "[YOUR-PASSWORD1]",
  "{{GITHUB_TOKEN1}}",
  "{api_token1}",
  "__API_KEY_1__",
  "sk-·ant-api03-...",
  "sk-·…abcd1234",
  "sk-·****************1a2b",
  "not-needed-for-v1",
  "sk-·no-key-required1",
  `Basic-\${USER1}:\${PASS1}`,
  "여기에API키를입력하세요1",
  "在此输入API密钥Key1",
]

/** Drawn, though a run or a word stands in them. */
const DRAWN = [
  "Kq9abcdefT4mZx7LwV2pRn8s",
  "f3c1234b97e05d68aa410c7e29b6d853",
  "tX7yourW3qLm9Zb5Kd2V",
  "b1946ac9-2492-4d23-a7f1-9ae6c8d05e3b",
  "hT5_here9Qw2Lp8Zx4Nm7Vc",
  "8e2f4a6c0d1b3957e8a2c4f60b1d3957",
]

describe("what keeps the place of a secret", () => {
  const pack = loadKnowledge()

  for (const text of TYPED_IN_ITS_PLACE)
    it(`is no secret: ${text}`, () => {
      assert.equal(isPlaceholder(text.replaceAll("·", ""), pack), true)
      assert.deepEqual(plaintext("API_TOKEN", text.replaceAll("·", "")), [])
    })

  for (const text of DRAWN)
    it(`is not every text with a run or a word in it: ${text}`, () => {
      assert.equal(isPlaceholder(text, pack), false)
      assert.deepEqual(plaintext("API_TOKEN", text), ["generic-secret"])
    })

  it("is no object that holds a secret", () => {
    const credentials = JSON.stringify({ apiKey: "Kq9T4mZx7LwV2pRn8sB3" })
    assert.equal(isPlaceholder(credentials, pack), false)
    assert.deepEqual(plaintext("CREDENTIALS", credentials), ["generic-secret"])
  })

  it("is a password that says the name again, but not one that only begins like it", () => {
    assert.deepEqual(plaintext("DSN", "postgres://petclinic:petclinic@localhost:5432/petclinic"), [])
    assert.deepEqual(plaintext("DSN", "postgres://petclinic:petclinic7Kq@localhost/petclinic"), [
      "uri-password",
    ])
  })

  it("is no digest of a password", () => {
    assert.deepEqual(plaintext("PASSWORD", `$2b$10$${"Kq9T4mZx7LwV2pRn8sB3".repeat(2)}`), [])
  })

  it("is no file that holds it", () => {
    for (const path of [
      `\${HOME}/.config/a1/oauth.keys`,
      "$HOME/a1/key",
      "%APPDATA%\\a1\\key",
      "conf/key-1.json",
    ])
      assert.deepEqual(plaintext("OAUTH_CREDENTIALS", path), [], path)
  })

  it("is a reference, where it says which input or secret is meant", () => {
    for (const [text, stored] of [
      ["$input:github_token", "env-reference"],
      [`\${input:github-token}`, "env-reference"],
      ["{{ secrets.GITHUB_TOKEN }}", "env-reference"],
      [`\${secret:github}`, "helper"],
    ] as const)
      assert.deepEqual(
        findCredentials({ name: "GITHUB_TOKEN", text }, pack).map(({ storedAs }) => storedAs),
        [stored],
        text,
      )
  })

  function plaintext(name: string, text: string): readonly string[] {
    const found = findCredentials({ name, text }, pack)
    return found.filter(({ storedAs }) => storedAs === "plaintext").map(({ kind }) => kind)
  }
})
