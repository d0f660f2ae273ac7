import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { constantFrom, assert as holdsFor, property, string } from "fast-check"
import { isHost, readHostPattern, readUrl } from "./host.ts"
import { hoursHeld, hoursText, readHours } from "./hours.ts"
import { isMatch, readPattern } from "./pattern.ts"
import { isRecipient, readRecipient, readRecipientPattern } from "./recipient.ts"

describe("the host of a URL", () => {
  it("is read from a plain URL, with its port where that is not the scheme's own", () => {
    for (const [text, origin] of [
      ["https://api.example.com", "https://api.example.com"],
      ["https://API.Example.com:443/x?y#z", "https://api.example.com"],
      ["https://api.example.com:8443/", "https://api.example.com:8443"],
      ["http://10.0.0.1:80/", "http://10.0.0.1"],
      ["wss://a.example/", "wss://a.example"],
      ["https://xn--pi-6kc.example.com/", "https://xn--pi-6kc.example.com"],
      ["https://api.example.com?next=https://evil.example", "https://api.example.com"],
      ["https://api.example.com#@evil.example", "https://api.example.com"],
    ] as const) {
      assert.deepEqual(readUrl(text), { origin }, text)
    }
  })

  it("is not read where another reader could see another host", () => {
    for (const text of [
      "https://api.example.com@evil.example/",
      "https://api.example.com:pass@evil.example/",
      "https://@api.example.com/",
      "https://:@api.example.com/",
      "https://evil.example\\@api.example.com/",
      "https:\\\\evil.example/",
      "https:/api.example.com",
      "https:api.example.com",
      "https:///api.example.com",
      "//api.example.com/",
      "api.example.com",
      " https://api.example.com/",
      "https://api.example.com /",
      "https://api.exam\tple.com/",
      "https://api.exam\nple.com/",
      "https://аpi.example.com/",
      "https://ａpi.example.com/",
      "https://api.example.com。evil.example/",
      "https://api%2eexample.com/",
      "https://api.example.com%00.evil.example/",
      "https://api.example.com./",
      "https://api..example.com/",
      "https://a_b.example.com/",
      "https://-a.example.com/",
      "https://2130706433/",
      "https://0x7f.0.0.1/",
      "https://0177.0.0.1/",
      "https://127.1/",
      "https://[::1]/",
      "https://[::ffff:127.0.0.1]/",
      "https://api.example.com:0/",
      "https://api.example.com:99999/",
      "https://api.example.com:/",
      "HTTPS://api.example.com/",
      "ftp://api.example.com/",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "data:text/html,https://api.example.com",
      "blob:https://api.example.com/x",
      "https://*.example.com/",
      "",
      `https://api.example.com/${"a".repeat(9000)}`,
    ]) {
      assert.ok("refused" in readUrl(text), text.slice(0, 80))
    }
  })

  it("is within an exact host or one leading label that may be any, and within no neighbour", () => {
    for (const [url, pattern, within] of [
      ["https://api.example.com/x", "api.example.com", true],
      ["http://api.example.com/x", "api.example.com", false],
      ["http://api.example.com/x", "http://api.example.com", true],
      ["https://api.example.com:8443/x", "api.example.com", false],
      ["https://api.example.com:8443/x", "api.example.com:8443", true],
      ["https://api.example.com/x", "*.example.com", true],
      ["https://example.com/x", "*.example.com", false],
      ["https://a.b.example.com/x", "*.example.com", false],
      ["https://evilexample.com/x", "*.example.com", false],
      ["https://api.example.com.evil.example/x", "api.example.com", false],
      ["https://api.example.com:8443/x", "*.example.com:8443", true],
      ["https://10.0.0.1/x", "10.0.0.1", true],
    ] as const) {
      const read = readUrl(url)
      assert.ok("origin" in read, url)
      assert.equal(isHost(read.origin, pattern), within, `${url} ${pattern}`)
    }
  })

  it("is named by policies in one spelling, and never by a whole suffix", () => {
    for (const text of ["api.example.com", "*.example.com", "10.0.0.1", "http://a.example:8080", "localhost"])
      assert.equal(readHostPattern(text), text)
    for (const text of [
      "",
      "*",
      "*.com",
      "*.10.0.0.1",
      "a.*.com",
      "*.*.example.com",
      "API.example.com",
      "api.example.com/",
      "api.example.com:443",
      "https://api.example.com:443",
      "user@example.com",
      "api.example.com.",
      "ftp://a.example",
      "bücher.example",
      "a b",
    ]) {
      assert.notEqual(readHostPattern(text), text, text)
    }
  })

  it("is not read where the second reader sees another host, another port, or none", () => {
    const text = "https://xn--pi-6kc.example.com/x"
    assert.deepEqual(
      readUrl(text, () => "https://xn--pi-6kc.example.com"),
      readUrl(text),
    )
    for (const theirs of ["https://pi.example.com", "https://xn--pi-6kc.example.com:8443", "", undefined]) {
      assert.ok("refused" in readUrl(text, () => theirs), String(theirs))
    }
  })

  it("is the one that the platform's own parser reads, for any text", () => {
    const hostile = constantFrom(
      "https://",
      "a.example",
      "@",
      "\\",
      ":",
      "/",
      "#",
      "?",
      ".",
      "%2e",
      "[",
      "]",
      "é",
      "\t",
      "evil.example",
    )
    holdsFor(
      property(string({ unit: hostile, maxLength: 8 }), (text) => {
        const read = readUrl(text)
        if ("origin" in read) assert.equal(new URL(text).origin, read.origin)
      }),
      { numRuns: 2000 },
    )
  })
})

describe("a recipient", () => {
  it("is one plain address, however its letters are written", () => {
    assert.deepEqual(readRecipient("Alice.B+tag@Example.COM"), { address: "alice.b+tag@example.com" })
    for (const text of [
      "",
      "alice",
      "@example.com",
      "alice@",
      "alice@localhost",
      "alice@10.0.0.1",
      "alice@[10.0.0.1]",
      "Alice <alice@example.com>",
      '"alice@evil.example"@example.com',
      "alice@evil.example@example.com",
      "alice@example.com,mallory@evil.example",
      "alice@example.com\nbcc: mallory@evil.example",
      " alice@example.com",
      "alice@example.com.",
      ".alice@example.com",
      "a..b@example.com",
      "alice(comment)@example.com",
      "alice\u212a@example.com",
      "алиса@example.com",
      "alice@exämple.com",
      `${"a".repeat(65)}@example.com`,
    ]) {
      assert.ok("refused" in readRecipient(text), text)
    }
  })

  it("is within an address, a domain, or a domain below one by one label", () => {
    for (const [address, pattern, within] of [
      ["alice@example.com", "alice@example.com", true],
      ["malice@example.com", "alice@example.com", false],
      ["alice@example.com", "@example.com", true],
      ["alice@mail.example.com", "@example.com", false],
      ["alice@evilexample.com", "@example.com", false],
      ["alice@mail.example.com", "@*.example.com", true],
      ["alice@example.com", "@*.example.com", false],
      ["alice@a.b.example.com", "@*.example.com", false],
    ] as const) {
      assert.equal(isRecipient(address, pattern), within, `${address} ${pattern}`)
    }
    for (const text of ["alice@example.com", "@example.com", "@*.example.com"])
      assert.equal(readRecipientPattern(text), text)
    for (const text of ["", "@", "@com", "@*.com", "Alice@example.com", "@Example.com", "example.com", "@*"])
      assert.equal(readRecipientPattern(text), undefined, text)
  })
})

describe("a pattern", () => {
  it("stands for the whole text", () => {
    assert.equal(isMatch("INV-42", "INV-[0-9]+"), true)
    for (const text of ["xINV-42", "INV-42x", "INV-42\n", "INV-42\nINV-43", "inv-42", ""])
      assert.equal(isMatch(text, "INV-[0-9]+"), false, JSON.stringify(text))
    assert.equal(isMatch("b", "a|b"), true)
    assert.equal(isMatch("ab", "a|b"), false)
  })

  it("is refused where it could not be judged in time that the text bounds", () => {
    for (const pattern of [
      "(a)\\1",
      "(?=a)a",
      "(?<!a)b",
      "(",
      "a**",
      "a{5000}",
      "(a{1000}){1000}",
      "a{900}b{900}",
      "a".repeat(501),
    ])
      assert.ok("refused" in readPattern(pattern), pattern.slice(0, 20))
    assert.equal(isMatch("a".repeat(1024), "(a+)+b"), false)
    assert.equal(isMatch("a".repeat(1025), "a+"), undefined)
  })
})

describe("hours", () => {
  it("are named in one spelling", () => {
    const hours = { days: ["fri", "mon"], from: "08:00", to: "18:00", zone: "Europe/Paris" } as const
    assert.equal(hoursText(hours), "mon,fri 08:00-18:00 Europe/Paris")
    assert.deepEqual(readHours("mon,fri 08:00-18:00 Europe/Paris"), { ...hours, days: ["mon", "fri"] })
    for (const text of [
      "",
      "fri,mon 08:00-18:00 UTC",
      "mon 8:00-18:00 UTC",
      "mon 08:00-18:00 Mars",
      "mon,mon 08:00-18:00 UTC",
      "mon 08:00-24:01 UTC",
    ])
      assert.equal(readHours(text), undefined, text)
  })

  it("hold by the clocks of their place, over midnight too", () => {
    const day = "mon 08:00-18:00 Europe/Paris"
    const night = "mon 22:00-06:00 UTC"
    for (const [moment, held] of [
      ["2026-11-23T07:00:00Z", [day]],
      ["2026-11-23T06:59:59Z", []],
      ["2026-11-23T17:00:00Z", []],
      ["2026-11-23T22:00:00Z", [night]],
      ["2026-11-24T05:59:59Z", [night]],
      ["2026-11-24T07:00:00Z", []],
    ] as const) {
      assert.deepEqual(hoursHeld([day, night], new Date(moment)), held, moment)
    }
  })
})
