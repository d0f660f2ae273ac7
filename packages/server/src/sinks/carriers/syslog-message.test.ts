import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type SyslogDress, syslogFrame } from "./syslog-message.ts"
import { item } from "./testing/carried.ts"

const JSON_DRESS: SyslogDress = {
  facility: 13,
  appName: "tabard",
  format: "json",
  host: "acme.example",
  version: "1.2.3",
}
const CEF_DRESS: SyslogDress = { ...JSON_DRESS, format: "cef" }

describe("a syslog message", () => {
  it("is the log audit's, of its item's time, with its key and place as data and the content after a mark of UTF-8", () => {
    const { message } = read(syslogFrame(item(7, { body: { name: "Zoë" } }), JSON_DRESS))
    assert.equal(
      message,
      '<110>1 2026-11-01T11:00:07.000Z acme.example tabard - agent.adopted [tabard@32473 key="acme/7" place="7"] \uFEFF{"name":"Zoë"}',
    )
  })

  it("is framed by its length in bytes, not in letters", () => {
    const frame = syslogFrame(item(7, { body: { name: "Zoë 🦊" } }), JSON_DRESS)
    assert.equal(read(frame).counted, read(frame).bytes)
  })

  it("escapes what would end a parameter, and nothing else", () => {
    const { message } = read(syslogFrame(item(1, { key: 'a"b\\c]d[e=f' }), JSON_DRESS))
    assert.ok(message.includes(String.raw`key="a\"b\\c\]d[e=f" place="1"]`), message)
  })

  it("has a header of visible letters, whatever the names are", () => {
    const dress = { ...JSON_DRESS, host: "", appName: "x y\nz" }
    const { message } = read(syslogFrame(item(1, { type: "a\u0007b".padEnd(60, "c") }), dress))
    assert.match(message, /^<110>1 \S+ - x_y_z - a_bc{29} \[/)
  })

  it("is cut at 8,000 bytes, says so, and can be parsed still", () => {
    for (const text of ["x".repeat(50_000), '\u0000"\\🦊'.repeat(9_000), "🦊".repeat(4_000)]) {
      const { message, bytes } = read(syslogFrame(item(1, { body: { text } }), JSON_DRESS))
      assert.ok(bytes <= 8000, `${bytes}`)
      assert.ok(bytes > 6500, `no more is cut than has to be: ${bytes}`)
      const [, cut] = / cut="(\d+)"\] /.exec(message) ?? []
      const told = JSON.parse(message.slice(message.indexOf("\uFEFF") + 1))
      assert.equal(told.cut.bytes, Number(cut))
      assert.equal(told.cut.bytes, Buffer.byteLength(JSON.stringify({ text })))
      assert.ok(JSON.stringify({ text }).startsWith(told.start.slice(0, -1)))
    }
  })

  it("is whole up to that size", () => {
    const body = { text: "x".repeat(7_800) }
    const { message } = read(syslogFrame(item(1, { body }), JSON_DRESS))
    assert.deepEqual(JSON.parse(message.slice(message.indexOf("\uFEFF") + 1)), body)
  })
})

describe("a message in CEF", () => {
  const event = {
    v: 1,
    type: "call.decided",
    actor: { kind: "agent", id: "agt_1" },
    agent: "agt_1",
    owner: "usr_1",
    onBehalfOf: "usr_2",
    task: "tsk_1",
    call: "cal_1",
    action: "files/a=b\\c|d\r\nCEF:0|evil\u001b[31m",
    resource: "srv_1",
    decision: { effect: "deny", code: "no_permit", reasons: ["p-1", "p-2"] },
  }

  it("tells who did what to what, with nothing before its first letters", () => {
    const { message } = read(syslogFrame(item(7, { type: "call.decided", body: { event } }), CEF_DRESS))
    const [, cef = ""] = message.split("] ")
    assert.equal(
      cef,
      String.raw`CEF:0|Tabard|Tabard|1.2.3|call.decided|call decided|6|rt=1793530807000 externalId=acme/7 cn1=7 cn1Label=place ` +
        String.raw`act=files/a\=b\\c|d\r\nCEF:0|evil [31m outcome=deny suid=agt_1 sproc=agent duid=usr_2 request=srv_1 ` +
        String.raw`reason=no_permit cs1=agt_1 cs1Label=agent cs2=usr_1 cs2Label=owner cs3=tsk_1 cs3Label=task ` +
        String.raw`cs4=cal_1 cs4Label=call cs6=p-1,p-2 cs6Label=policies`,
    )
  })

  it("escapes the header, and has it on one line", () => {
    const { message } = read(syslogFrame(item(7, { type: "a|b\\c\nd" }), CEF_DRESS))
    assert.ok(message.includes(String.raw`|1.2.3|a\|b\\c d|a\|b\\c d|3|`), message)
  })

  it("leaves out fields from the end where they do not fit, and says so", () => {
    const long = {
      ...event,
      action: "short",
      decision: { reasons: Array(2000).fill("policy-of-some-length") },
    }
    const { message, bytes } = read(syslogFrame(item(7, { body: { event: long } }), CEF_DRESS))
    assert.ok(bytes <= 8000)
    assert.match(message, / cut="\d+"\] CEF:0.* act=short /)
    assert.doesNotMatch(message, /policy-of-some-length/)
  })
})

function read(frame: Buffer): { readonly counted: number; readonly bytes: number; readonly message: string } {
  const space = frame.indexOf(0x20)
  const message = frame.subarray(space + 1)
  return {
    counted: Number(frame.subarray(0, space)),
    bytes: message.length,
    message: message.toString("utf8"),
  }
}
