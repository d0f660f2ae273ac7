import assert from "node:assert/strict"
import { generateKeyPairSync } from "node:crypto"
import { describe, it } from "node:test"
import { MalformedRecord } from "./log-errors.ts"
import { ed25519Signer, sha256 } from "./node-crypto.ts"
import { formatVerifierKey, type KeyType, noteKey } from "./note-key.ts"
import { parsePolicy } from "./parse-policy.ts"
import { formatPolicy } from "./trust-policy.ts"

const LOG = vkey("ed25519", 1, "example.test/log")
const [W1, W2, W3] = [vkey("cosignature/v1", 11), vkey("cosignature/v1", 12), vkey("cosignature/v1", 13)]
const WITNESSES = `witness one ${W1}\nwitness two ${W2} https://two.example.test/\nwitness three ${W3}\n`

describe("a trust policy (tlog-policy)", () => {
  it("names logs, witnesses, groups of groups, and what it takes", () => {
    const text = `log ${LOG} https://log.example.test\n${WITNESSES}group both all one two\ngroup any any both three\nquorum any\n`
    const { logs, witnesses, groups, quorum } = read(text)

    assert.deepEqual(
      logs.map(({ key, url }) => [formatVerifierKey(key), url]),
      [[LOG, "https://log.example.test"]],
    )
    assert.deepEqual(
      witnesses.map(({ name, key, url }) => [name, formatVerifierKey(key), url]),
      [
        ["one", W1, undefined],
        ["two", W2, "https://two.example.test/"],
        ["three", W3, undefined],
      ],
    )
    assert.deepEqual(groups, [
      { name: "both", threshold: 2, members: [witnesses[0], witnesses[1]] },
      { name: "any", threshold: 1, members: [groups[0], witnesses[2]] },
    ])
    assert.equal(quorum, groups[1])
  })

  it("§Introduction may name no log, and with quorum none no witness", () => {
    assert.deepEqual(read("quorum none\n"), { logs: [], witnesses: [], groups: [] })
  })

  it("§Structure allows spaces and tabs around words, empty lines, comments, and no newline at the end", () => {
    const text = `\n \t\n  # any \u00e9 comment\n\twitness\t one  ${W1} \n#\nquorum one`
    assert.equal(read(text).quorum?.name, "one")
  })

  it("§Structure allows logs, witnesses and the quorum in any order that defines names first", () => {
    const { logs, witnesses } = read(`witness one ${W1}\nquorum one\nlog ${LOG}\nwitness two ${W2}\n`)
    assert.deepEqual([logs.length, witnesses.length], [1, 2])
  })

  it("is written in one spelling, which reads as the same policy", () => {
    const text = `log ${LOG} https://log.example.test\n${WITNESSES}group all 2 one two\ngroup any 1 all three\nquorum any\n`
    const policy = read(`# spelt otherwise\n${text.replace(" 2 ", "  all ").replace(" 1 ", "\tany ")}`)
    assert.equal(formatPolicy(policy), text)
    assert.deepEqual(read(formatPolicy(policy)), policy)
    assert.equal(formatPolicy(read("quorum none")), "quorum none\n")
  })

  it("§Implementation limits takes 32 logs, 32 witnesses and 32 groups, and 64, but no more", () => {
    for (const count of [32, 64]) {
      const { logs, witnesses, groups } = read(ofEach(count))
      assert.deepEqual([logs.length, witnesses.length, groups.length], [count, count, count])
    }
    assert.throws(() => read(ofEach(65)), /at most 64/)
    assert.throws(() => read(`${ofEach(64)}group more any w0\n`), /at most 64/)
    assert.throws(() => read("#".repeat(1_000_001)), /at most 1000000 bytes/)
  })

  it("§Public key representation takes ML-DSA-44 keys of logs and witnesses", () => {
    const publicKey = mlDsaKey()
    const key = formatVerifierKey(noteKey(sha256, { name: "example.test/pq", type: "subtree/v1", publicKey }))
    const { logs, witnesses } = read(`log ${key}\nwitness pq ${key}\nquorum pq\n`)
    assert.equal(logs[0]?.key.type, "subtree/v1")
    assert.deepEqual(witnesses[0]?.key.publicKey, publicKey)
  })

  it("§Character set takes names for the bytes they are, in UTF-8 or not", () => {
    const kelvin = bytes(`witness K ${W1}\nwitness \u212a ${W2}\nquorum \u212a\n`)
    assert.equal(parsePolicy(sha256, kelvin).quorum?.name, "\u212a")

    // Two names that are no UTF-8 look the same when shown, and are two nevertheless.
    const latin = Uint8Array.from(`witness \xfe ${W1}\nwitness \xff ${W2}\nquorum \xff\n`, (char) =>
      char.charCodeAt(0),
    )
    const { witnesses, quorum } = parsePolicy(sha256, latin)
    assert.equal(quorum, witnesses[1])
  })

  for (const [why, text, message] of [
    ["§Structure a keyword that is none", "hello\nquorum none\n", /^line 1 .*"hello" is none of/],
    [
      "§Structure a name that is used before it is defined",
      `quorum one\nwitness one ${W1}\n`,
      /line 1 .*no line before/,
    ],
    ["§Character set a carriage return", `witness one ${W1}\r\nquorum one\n`, /line 1 .*0x0d has no place/],
    ["§Character set a NUL in a comment", "# \0\nquorum none\n", /line 1 .*0x00/],
    ["§Character set a DEL", "quorum none\x7f\n", /line 1 .*0x7f/],
    [
      "§Public key representation a witness's key for a log's",
      `log ${W1}\nquorum none\n`,
      /cosignature\/v1 does not sign here/,
    ],
    [
      "§Public key representation a log's key for a witness's",
      `witness w ${LOG}\nquorum w\n`,
      /ed25519 does not sign here/,
    ],
    ["§Public key representation what is no key", "log nonsense\nquorum none\n", /copy it whole/],
    ["§Defining a log a line without a key", "log\nquorum none\n", /log VKEY \[URL\]/],
    ["§Defining a log a line that goes on", `log ${LOG} https://a.test b\nquorum none\n`, /log VKEY \[URL\]/],
    [
      "§Defining a log the same key twice, under another name",
      `log ${LOG}\nlog ${vkey("ed25519", 1)}\nquorum none\n`,
      /has the public key of example\.test\/log/,
    ],
    ["§Defining a witness a line without a key", "witness one\nquorum none\n", /witness NAME VKEY/],
    ["§Defining a witness a line without a name", "witness\nquorum none\n", /witness NAME VKEY/],
    [
      "§Defining a witness a line that goes on",
      `witness one ${W1} https://a.test b\nquorum one\n`,
      /witness NAME VKEY/,
    ],
    [
      "§Defining a witness the same key twice, under another name",
      `witness a ${W1}\nwitness b ${vkey("cosignature/v1", 11, "example.test/other")}\nquorum a\n`,
      /has the public key of/,
    ],
    [
      "§Defining a witness a name that is taken",
      `witness a ${W1}\nwitness a ${W2}\nquorum a\n`,
      /line 2 .*a is defined twice/,
    ],
    ["§Defining a witness the name none", `witness none ${W1}\nquorum none\n`, /can be called none/],
    ["§Defining the quorum no quorum", `log ${LOG}\n`, /has a quorum line/],
    ["§Defining the quorum two quorums", "quorum none\nquorum none\n", /one quorum line/],
    ["§Defining the quorum no name", "quorum\n", /quorum NAME/],
    ["§Defining the quorum two names", `${WITNESSES}quorum one two\n`, /quorum NAME/],
    ["§Defining a witness group no members", `${WITNESSES}group g any\nquorum g\n`, /group NAME/],
    ["§Defining a witness group no threshold", `${WITNESSES}group g\nquorum g\n`, /group NAME/],
    ["§Defining a witness group no name", `${WITNESSES}group\nquorum one\n`, /group NAME/],
    [
      "§Defining a witness group more than its members",
      `${WITNESSES}group g 3 one two\nquorum g\n`,
      /up to 2/,
    ],
    ["§Defining a witness group none of its members", `${WITNESSES}group g 0 one\nquorum g\n`, /up to 1/],
    [
      "§Defining a witness group a number that is not decimal",
      `${WITNESSES}group g 0x1 one\nquorum g\n`,
      /up to 1/,
    ],
    [
      "§Defining a witness group the member none",
      "group g any none\nquorum g\n",
      /none is defined on no line before/,
    ],
    [
      "§Defining a witness group itself as a member",
      "group g any g\nquorum g\n",
      /g is defined on no line before/,
    ],
    [
      "§Defining a witness group a member twice",
      `${WITNESSES}group g 1 one one\nquorum g\n`,
      /one is the member of a group already/,
    ],
    [
      "§Defining a witness group a member of another",
      `${WITNESSES}group g any one\ngroup h any one g\nquorum h\n`,
      /one is the member of a group already/,
    ],
    [
      "§Defining a witness group a name that a witness has",
      `${WITNESSES}group one any two\nquorum one\n`,
      /one is defined twice/,
    ],
    [
      "§Defining a witness group the name none",
      `${WITNESSES}group none any two\nquorum none\n`,
      /can be called none/,
    ],
  ] as const) {
    it(`${why} is refused`, () => {
      assert.throws(
        () => read(text),
        (error: unknown) => error instanceof MalformedRecord && message.test(error.message),
      )
    })
  }

  it("does not take a fault of the hash for a policy that is wrong", () => {
    const failing = (): Uint8Array => assert.fail("no SHA-256 here")
    assert.throws(() => parsePolicy(failing, bytes(`log ${LOG}\nquorum none\n`)), /no SHA-256/)
  })
})

function read(text: string): ReturnType<typeof parsePolicy> {
  return parsePolicy(sha256, bytes(text))
}

function ofEach(count: number): string {
  const places = Array.from({ length: count }, (_, place) => place)
  const logs = places.map((place) => `log ${vkey("ed25519", place)}\n`)
  const witnesses = places.map((place) => `witness w${place} ${vkey("cosignature/v1", place)}\n`)
  const groups = places.slice(1).map((place) => `group g${place} any w${place}\n`)
  return [
    ...logs,
    ...witnesses,
    ...groups,
    `group g0 any ${places
      .slice(1)
      .map((place) => `g${place}`)
      .join(" ")}\nquorum g0\n`,
  ].join("")
}

function vkey(type: KeyType, seed: number, name = `example.test/${seed}`): string {
  const { key } = ed25519Signer(name, new Uint8Array(32).fill(seed))
  return formatVerifierKey(noteKey(sha256, { ...key, type }))
}

function mlDsaKey(): Uint8Array {
  const spki = generateKeyPairSync("ml-dsa-44").publicKey.export({ format: "der", type: "spki" })
  return new Uint8Array(spki.subarray(-1312))
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
