import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { ScanReport } from "../report.ts"
import { cyclonedxOf } from "./cyclonedx.ts"
import { HOSTILE_NAMES, hostileReport, sampleReport } from "./fixtures/sample-report.ts"
import { htmlOf } from "./html/html-page.ts"
import { inertJson } from "./inert-json.ts"
import { sarifOf } from "./sarif.ts"

const JSON_FORMATS: Readonly<Record<string, (report: ScanReport) => unknown>> = {
  json: (report) => report,
  sarif: sarifOf,
  cyclonedx: cyclonedxOf,
}
/** Whatever steers a terminal, or hides or reorders text; our own line feeds apart. */
const LIVE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

for (const [format, of] of Object.entries(JSON_FORMATS)) {
  describe(`a report as ${format}, with names that a stranger chose`, () => {
    for (const name of HOSTILE_NAMES) {
      it(`says the same and does nothing: ${JSON.stringify(name).slice(0, 40)}`, () => {
        const text = inertJson(of(hostileReport(name)))
        assert.doesNotMatch(text, LIVE)
        assert.doesNotMatch(text, /</)
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(of(hostileReport(name)))))
      })
    }
  })
}

describe("a report as a page, with names that a stranger chose", () => {
  const tags = tagsOf(htmlOf(hostileReport("plain")))
  for (const name of HOSTILE_NAMES) {
    it(`has no tag more than with a plain one: ${JSON.stringify(name).slice(0, 40)}`, () => {
      const page = htmlOf(hostileReport(name))
      assert.doesNotMatch(page, LIVE)
      assert.deepEqual(tagsOf(page), tags)
    })
  }

  it("has no script, no handler, no style beside its own, and fetches nothing", () => {
    const page = htmlOf(sampleReport())
    assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/)
    assert.doesNotMatch(page, /<script|\son\w+=|\sstyle=|\ssrc=|\shref=|url\(|@import/i)
  })
})

function tagsOf(page: string): readonly string[] {
  return page.match(/<[^>]*>/g)?.filter((tag) => !tag.startsWith("<title")) ?? []
}
